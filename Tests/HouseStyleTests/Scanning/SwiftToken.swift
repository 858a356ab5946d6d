/// A piece of Swift source, as coarse as the rules of the house need it.
struct SwiftToken: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        /// A keyword, a name with its backticks, a number, `@attribute`, `#directive`, `try!`, `as!`.
        case word
        /// `->`, or one character of any other punctuation.
        case mark
        /// The text of a literal between its quotes; what is interpolated into it stands before it, as code.
        case string
        /// All of a comment, its slashes included.
        case comment
    }

    let kind: Kind
    let text: String
    /// Counted from 1, where it begins.
    let line: Int

    /// The lines that it is on. A literal that starts with three quotes has its text from the line after
    /// those.
    var lines: ClosedRange<Int> { line...line + text.utf8.count { $0 == UInt8(ascii: "\n") } }

    func isWord(_ text: String) -> Bool { kind == .word && self.text == text }
    func isMark(_ text: String) -> Bool { kind == .mark && self.text == text }
}
