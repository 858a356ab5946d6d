/// The name of an agent as config, labels and rows spell it: `claude`, `codex`, `opencode`,
/// or one of the user's own.
package struct AgentName: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: String

    /// - Returns: nil unless it is 1…32 of `a-z 0-9 - _`, starting with a letter; so that a name can stand in
    ///   a label, a file name and an e-mail address as it is.
    package init?(_ rawValue: String) {
        let bytes = Array(rawValue.utf8)
        guard (1...32).contains(bytes.count), let first = bytes.first,
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first), bytes.allSatisfy(Self.isAllowed)
        else { return nil }
        self.rawValue = rawValue
    }

    private init(known: String) { rawValue = known }

    package static let claude = AgentName(known: "claude")
    package static let codex = AgentName(known: "codex")
    package static let opencode = AgentName(known: "opencode")
    /// The built-in agent of `scripts/demo`: a script of our own that needs no account.
    package static let demo = AgentName(known: "demo")
    /// Who does a job's command: nobody but the shell.
    package static let bash = AgentName(known: "bash")

    /// Who speaks of a task that no agent has.
    package static let orch = AgentName(known: "orch")

    package var description: String { rawValue }

    package static func < (left: AgentName, right: AgentName) -> Bool { left.rawValue < right.rawValue }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
