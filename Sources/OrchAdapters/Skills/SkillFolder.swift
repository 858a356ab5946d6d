package import OrchCore
import Platform

/// The skills below a folder: every folder in it that has a `SKILL.md`.
package struct SkillFolder {
    package let path: String

    /// Repositories keep their skills two or three folders down.
    private static let depthLimit = 6
    private static let folderLimit = 20_000
    private static let fileLimitBytes = 1 << 20

    package init(_ path: String) { self.path = path }

    /// In the order of their paths; what cannot be read, or is no text, is left out.
    package func skills() -> [Skill] {
        var found: [Skill] = []
        var open = [(path: path, depth: 0)]
        var visited = 0
        while let (folder, depth) = open.popLast(), visited < Self.folderLimit {
            visited += 1
            // A folder that is gone or closed holds no skills.
            let names = ((try? Directory.names(in: folder)) ?? []).sorted()
            if names.contains("SKILL.md"), let skill = Self.skill(in: folder) { found.append(skill) }
            guard depth < Self.depthLimit else { continue }
            for name in names.reversed() where !name.hasPrefix(".") {
                let child = "\(folder)/\(name)"
                // A link could lead in a circle, or out of what was cloned.
                guard FileStatus.ifPresent(child, followingLinks: false)?.kind == .directory else { continue }
                open.append((child, depth + 1))
            }
        }
        return found
    }

    private static func skill(in folder: String) -> Skill? {
        let path = "\(folder)/SKILL.md"
        guard let text = text(of: path), let id = folder.split(separator: "/").last.map(String.init) else {
            return nil
        }
        let head = SkillsText.head(of: text)
        return Skill(id: id, name: head.name ?? id, description: head.description, path: path)
    }

    /// nil where it cannot be read, is a link, too large or no UTF-8.
    ///
    /// A link in a clone may lead to a person's keys, and the text goes into prompts.
    package static func text(of path: String) -> String? {
        let bytes = try? WholeFile.readRegular(path, limitBytes: fileLimitBytes, followingLinks: false)
        guard let bytes else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}
