/// The branch of a task: v0's names, so that a task keeps its branch when its user moves over.
package enum BranchNaming {
    /// How much of a title a name holds, in bytes; v0's figure.
    package static let slugLimitBytes = 40

    /// `gh-task-42-fix-the-login` for an issue, `task-i7-fix-the-login` for an internal task.
    ///
    /// The name is a valid ref whatever the title is (`git check-ref-format --branch`), and holds only
    /// `a-z A-Z 0-9 -`, so that it may stand in a path and a session's name as it is. A title without a
    /// letter or digit of ASCII gives `gh-task-42-`.
    package static func branch(for key: TaskKey, title: String) -> String {
        prefix(for: key) + slug(title)
    }

    /// How every branch of the task begins: `gh-task-42-`.
    package static func prefix(for key: TaskKey) -> String {
        (key.backend == .github ? "gh-task-" : "task-") + words(of: key.id, lowercased: false) + "-"
    }

    /// The title in lower case with every run of other characters than ASCII letters and digits as one `-`.
    ///
    /// v0 counted letters beyond ASCII in or out by the locale it ran in; here they are always out. A `-` at
    /// the end that the cut at 40 bytes leaves stays, as in v0.
    package static func slug(_ title: String) -> String {
        String(decoding: words(of: title, lowercased: true).utf8.prefix(slugLimitBytes), as: UTF8.self)
    }

    private static func words(of text: String, lowercased: Bool) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if let kept = letterOrDigit(byte, lowercased: lowercased) {
                bytes.append(kept)
            } else if let last = bytes.last, last != UInt8(ascii: "-") {
                bytes.append(UInt8(ascii: "-"))
            }
        }
        if bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func letterOrDigit(_ byte: UInt8, lowercased: Bool) -> UInt8? {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): lowercased ? byte | 0x20 : byte
        default: nil
        }
    }
}
