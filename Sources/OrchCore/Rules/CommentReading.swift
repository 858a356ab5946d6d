/// What a comment means to orch, told by its text and its author's kind alone; whether the author may drive
/// is asked elsewhere.
package enum CommentReading {
    package enum Meaning: Equatable, Sendable {
        /// Its first line begins with a slash and a word.
        case command(SlashCommand)
        /// It calls orch by name.
        case mention
        /// Anything else that a person says.
        case words
        /// Orch's own, a bot's, or nothing at all.
        case nothing
    }

    /// The names that orch is called by beside its own login.
    package static let names = ["orchestrator", "orch"]

    /// - Parameter names: in lower case, without `@`.
    package static func meaning(of comment: ThreadComment, names: [String] = names) -> Meaning {
        if comment.isByBot { return .nothing }
        return meaning(of: comment.comment.body, names: names)
    }

    package static func meaning(of body: String, names: [String] = names) -> Meaning {
        if isOwn(body) { return .nothing }
        let lines = Prose.lines(of: body)
        if let command = SlashCommand(body: body, prose: lines, names: names) { return .command(command) }
        if lines.contains(where: { calls(names, in: $0) }) { return .mention }
        return lines.allSatisfy { $0.allSatisfy(\.isWhitespace) } ? .nothing : .words
    }

    /// Written by orch or v0: by one of the markers, or by the line that every comment of theirs ends with.
    ///
    /// A quote of such a comment is somebody else's.
    package static func isOwn(_ body: String) -> Bool {
        let lines = body.split(whereSeparator: \.isNewline).filter { line in
            line.drop { $0 == " " }.first != ">"
        }
        return lines.contains { $0.contains("<!-- orch:") || $0.contains("via [Orchestrator]") }
            || lines.first.map(isHistory) == true
    }

    /// `[2026-01-02T03:04:05Z] routed: …`: v0's history of a task, in comments.
    private static func isHistory(_ line: Substring) -> Bool {
        guard line.first == "[", let end = line.firstIndex(of: "]") else { return false }
        return Timestamp(iso8601: line[line.index(after: line.startIndex)..<end]) != nil
    }

    // MARK: - Names

    static func calls(_ names: [String], in line: String) -> Bool {
        let bytes = Array(line.lowercased().utf8)
        return bytes.indices.contains { start in
            guard bytes[start] == UInt8(ascii: "@"), start == 0 || !isPartOfWord(bytes[start - 1]) else {
                return false
            }
            return names.contains { end(of: $0, in: bytes, from: start + 1) != nil }
        }
    }

    /// Where the name ends that stands there; nil where it does not, or is only the beginning of another one
    /// (`@orch-dev`, `@orch/team`, `@orch.dev`).
    static func end(of name: String, in bytes: [UInt8], from start: Int) -> Int? {
        let end = start + name.utf8.count
        guard bytes[start...].starts(with: name.utf8) else { return nil }
        guard end < bytes.count else { return end }
        if isPartOfWord(bytes[end]) || bytes[end] == UInt8(ascii: "/") { return nil }
        let isDotted =
            bytes[end] == UInt8(ascii: ".") && end + 1 < bytes.count && isPartOfWord(bytes[end + 1])
        return isDotted ? nil : end
    }

    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: byte.isASCIIAlphanumeric || byte >= 0x80
        }
    }
}
