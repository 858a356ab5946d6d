import Platform
import Template

/// A file of `systemd/` or `launchd/` as it comes with orch, with places to fill in.
struct ServiceTemplate {
    /// Finds a file in a folder that came with orch; nil where it is not there.
    typealias Finder = @Sendable (_ name: String, _ folder: String) -> String?

    private static let limitBytes = 1 << 20

    private let path: String
    private let text: TemplateText

    init(_ name: String, in folder: String, find: Finder) throws {
        guard let path = find(name, folder) else { throw ServiceError.filesMissing("\(folder)/\(name)") }
        self.path = path
        let bytes = try WholeFile.read(path, limitBytes: Self.limitBytes)
        do throws(TemplateError) {
            text = try TemplateText(String(decoding: bytes, as: UTF8.self))
        } catch {
            throw ServiceError.templateBroken(path: path, detail: String(describing: error))
        }
    }

    func filled(with values: [String: String]) throws -> String {
        do throws(TemplateError) {
            return try text.render(values)
        } catch {
            throw ServiceError.templateBroken(path: path, detail: String(describing: error))
        }
    }
}
