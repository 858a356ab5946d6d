package import OrchCore
import Platform
import YAML

/// `skills.yml`: the repositories that skills come from, and v0's list of single skills.
///
///     repositories:
///       - name: anthropics
///         url: https://github.com/anthropics/skills
///         pin: 1ed29a03dc852d30fa6ef2ca53a67dc2c2c2c563
package struct SkillsFile: Equatable, Sendable {
    package let path: String
    package let sources: [SkillSource]
    /// v0's `skills:`, which an administrator may list by hand: id, name, repository.
    package let listed: [Listed]
    /// What is wrong with single entries; they are left out.
    package let problems: [ConfigProblem]

    package struct Listed: Equatable, Sendable {
        package let id: String
        package let name: String
        package let repository: String
    }

    private static let limitBytes = 1 << 20

    /// The first there is of these files; nil where there is none.
    package static func find(_ paths: [String]) -> String? {
        paths.first { FileStatus.ifPresent($0)?.kind == .file }
    }

    /// - Throws: where it cannot be read, or is no YAML.
    package init(_ path: String) throws(ConfigError) {
        self.path = path
        let root: Node
        do {
            let bytes = try WholeFile.readIfPresent(path, limitBytes: Self.limitBytes) ?? []
            root = try Node.parse(bytes: bytes)
        } catch let error as YAMLError {
            throw ConfigError(error, in: path)
        } catch let error as SystemError {
            throw ConfigError(error, on: path)
        } catch {
            throw ConfigError([])
        }
        var sources: [SkillSource] = []
        var problems: [ConfigProblem] = []
        for entry in root.at([.key("repositories")])?.sequence ?? [] {
            func text(_ key: String) -> String {
                entry.at([.key(key)]).flatMap { $0.isNull ? nil : $0.text } ?? ""
            }
            let (name, url, pin) = (text("name"), text("url"), text("pin"))
            if let problem = Self.problem(name: name, url: url, pin: pin) {
                problems.append(
                    ConfigProblem(
                        .error, at: .file(path, nil), problem: problem,
                        fix: "correct the entry, or remove it"))
            } else {
                sources.append(SkillSource(name: name, url: url, pin: pin.isEmpty ? nil : pin))
            }
        }
        self.sources = sources
        self.problems = problems
        listed = (root.at([.key("skills")])?.sequence ?? []).compactMap { entry in
            guard let id = entry.at([.key("id")])?.text else { return nil }
            return Listed(
                id: id, name: entry.at([.key("name")])?.text ?? id,
                repository: entry.at([.key("repo")])?.text ?? "-")
        }
    }

    private static func problem(name: String, url: String, pin: String) -> String? {
        if name.isEmpty || url.isEmpty { return "a repository of skills without `name` or `url`" }
        guard FileNaming.isPlain(name) else { return "“\(name)” cannot be a folder's name" }
        let schemes = ["https://", "http://", "ssh://", "git://", "file://", "/", "git@"]
        guard schemes.contains(where: url.hasPrefix) else { return "“\(url)” is no address of a repository" }
        // An option to git would begin so.
        guard !pin.hasPrefix("-") else { return "“\(pin)” is no commit" }
        return nil
    }
}
