/// A session's name that tmux takes as it is, and that can stand in a file's name.
///
/// tmux turns `.` and `:` into `_` when it makes a session, so a name with one could be made and never
/// found again; and a target that is not exact matches by prefix, `orch-4` the session `orch-42`.
enum SessionName {
    private static let limitBytes = 150

    /// Whether it is 1…150 of `A-Z a-z 0-9 _ -`, the first no `-`.
    static func isValid(_ name: String) -> Bool {
        guard (1...limitBytes).contains(name.utf8.count), !name.hasPrefix("-") else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            }
        }
    }
}
