package import OrchCore
import Platform
package import YAML

/// A file of jobs, `jobs.yml`: the home's, or a project's own.
///
///     jobs:
///       - id: daily-sync
///         schedule: "0 9 * * *"
///         task:
///           title: Daily sync
package struct JobsFile: Sendable {
    package let path: String
    /// Whose own file it is; nil for the home's.
    let owner: Project?

    package init(_ path: String, owner: Project?) {
        self.path = path
        self.owner = owner
    }

    /// A thousand jobs with long texts are a megabyte.
    static let limitBytes = 8 << 20

    /// - Returns: nil where there is no file, or nothing in it.
    package func root() throws(ConfigError) -> Node? {
        let bytes: [UInt8]?
        do throws(SystemError) {
            bytes = try WholeFile.readIfPresent(path, limitBytes: Self.limitBytes)
        } catch {
            throw ConfigError(error, on: path)
        }
        guard let bytes else { return nil }
        do throws(YAMLError) {
            return try Node.parse(bytes: bytes)
        } catch {
            throw ConfigError(error, in: path)
        }
    }
}
