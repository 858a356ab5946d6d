/// A repository that orch looks after.
package struct Project: Equatable, Sendable {
    /// The absolute, symlink-free path of the main checkout or bare clone.
    package struct ID: Hashable, Sendable {
        package let rawValue: String

        package init(rawValue: String) { self.rawValue = rawValue }
    }

    package let id: ID
    /// Short, unique among the projects of this home, and safe in a tmux session's name: `a-z A-Z 0-9 _ -`.
    package let name: String
    package var settings: Settings

    package init(id: ID, name: String, settings: Settings) {
        self.id = id
        self.name = name
        self.settings = settings
    }

    package var directory: String { id.rawValue }

    /// The tmux session of a task's run, a job's command or a review; unique per project and task.
    package func sessionName(for task: TaskKey) -> String {
        switch task.backend {
        case .github, .internal: "orch-\(name)-\(task.id)"
        case .job: "orch-\(name)-job-\(task.id)"
        case .pull: "orch-\(name)-review-\(task.id)"
        }
    }
}

/// `owner/name` on GitHub.
package struct RepositorySlug: Hashable, Sendable, CustomStringConvertible {
    package let owner: String
    package let name: String

    /// - Returns: nil unless both parts are 1…100 of letters, digits, `.`, `_`, `-`,
    ///   and neither is `.` or `..`.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, Self.isValid(parts[0]), Self.isValid(parts[1]) else { return nil }
        owner = String(parts[0])
        name = String(parts[1])
    }

    package var description: String { "\(owner)/\(name)" }

    private static func isValid(_ part: Substring) -> Bool {
        guard (1...100).contains(part.utf8.count), part != ".", part != ".." else { return false }
        return part.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
            default: byte.isASCIIAlphanumeric
            }
        }
    }
}
