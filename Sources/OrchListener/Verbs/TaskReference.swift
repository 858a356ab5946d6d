/// A project as a person names it: its name or `owner/repository`.
///
/// It becomes an argument of `orch`, so what could be taken for an option or for a path is none.
package struct ProjectTag: Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String

    private static let limitBytes = 140

    package init?(_ rawValue: String) {
        let parts = rawValue.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), rawValue.utf8.count <= Self.limitBytes,
            parts.allSatisfy(Self.isName)
        else { return nil }
        self.rawValue = rawValue
    }

    package var description: String { rawValue }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: ".") else {
            return false
        }
        return text.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil
                || "._-".unicodeScalars.contains($0)
        }
    }
}

/// A task as a person names it: `42`, `#42`, `i3`, or behind its project, `site/42`.
package struct TaskReference: Hashable, Sendable, CustomStringConvertible {
    /// nil: the one that is meant where it is said.
    package var project: ProjectTag?
    package let id: String

    /// More digits than any tracker's number has.
    private static let digitLimit = 18

    package init?(_ text: String) {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "#" }
        guard let last = parts.last, Self.isID(last) else { return nil }
        let before = text.dropLast(last.count)
        if before.isEmpty || before == "#" {
            project = nil
        } else {
            guard let tag = ProjectTag(String(before.dropLast())) else { return nil }
            project = tag
        }
        id = String(last)
    }

    package init?(project: ProjectTag?, id: String) {
        guard Self.isID(id[...]) else { return nil }
        self.project = project
        self.id = id
    }

    package var description: String { project.map { "\($0)/\(id)" } ?? id }

    private static func isID(_ text: Substring) -> Bool {
        let digits = text.hasPrefix("i") ? text.dropFirst() : text
        return (1...digitLimit).contains(digits.utf8.count)
            && digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
