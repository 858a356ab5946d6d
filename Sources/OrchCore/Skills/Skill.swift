/// A document on how to do something, that an agent can be told to follow: a folder with a `SKILL.md`.
package struct Skill: Equatable, Sendable {
    /// The folder's name.
    package let id: String
    package let name: String
    package let description: String
    /// Of its `SKILL.md`.
    package let path: String

    package init(id: String, name: String, description: String, path: String) {
        self.id = id
        self.name = name
        self.description = description
        self.path = path
    }
}

/// A repository of skills, as `skills.yml` names it.
package struct SkillSource: Equatable, Sendable {
    /// Of its folder.
    package let name: String
    package let url: String
    /// The commit that is used; nil: the newest of the default branch.
    package let pin: String?

    package init(name: String, url: String, pin: String?) {
        self.name = name
        self.url = url
        self.pin = pin
    }
}

/// Skills as prompts show them.
package enum SkillsText {
    /// What an agent is given to read, in v0's order: what it must follow, then what it may.
    ///
    /// - Parameter skills: each with the text of its file.
    package static func documents(_ skills: [(id: String, text: String)], required: [String]) -> String {
        let must = skills.filter { required.contains($0.id) }
        let may = skills.filter { !required.contains($0.id) }
        var parts: [String] = []
        if !must.isEmpty {
            parts.append("## Skills that you must follow")
            parts += must.map {
                "### \($0.id) (required)\n\nEvery step of it counts; leave none out.\n\n\($0.text)"
            }
        }
        if !may.isEmpty {
            parts.append("## Skills for reference")
            parts += may.map { "### \($0.id)\n\n\($0.text)" }
        }
        return parts.joined(separator: "\n\n")
    }

    /// The head of a `SKILL.md`: `name:` and `description:` between lines of `---`, as they stand.
    package static func head(of text: String) -> (name: String?, description: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        func isRule(_ line: Substring) -> Bool {
            line.hasPrefix("---") && line.dropFirst(3).allSatisfy(\.isWhitespace)
        }
        guard let first = lines.popFirst(), isRule(first),
            let end = lines.firstIndex(where: { $0.hasPrefix("---") })
        else { return (nil, "") }
        var name: String?
        var description = ""
        for line in lines[..<end] {
            if line.hasPrefix("name:") { name = value(line.dropFirst(5)) }
            if line.hasPrefix("description:") { description = value(line.dropFirst(12)) }
        }
        return (name, description)
    }

    private static func value(_ text: Substring) -> String {
        func bare(_ text: some StringProtocol, _ isEdge: (Character) -> Bool) -> String {
            String(text.drop(while: isEdge).reversed().drop(while: isEdge).reversed())
        }
        return bare(bare(text, \.isWhitespace)) { $0 == "\"" || $0 == "'" }
    }
}
