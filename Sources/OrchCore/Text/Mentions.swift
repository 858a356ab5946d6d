/// Keeps what orch writes from calling people or bots.
package enum Mentions {
    /// A zero-width space: behind it, GitHub takes `@` for no mention, and a reader sees no difference.
    private static let quietener: [UInt8] = Array("\u{200B}".utf8)
    private static let entity = Array("&commat;".utf8)

    /// `text` with every `@name` made harmless; addresses (`a@b.c`) are no mentions and stay.
    package static func silenced(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            let sign = signLength(in: bytes, at: position)
            output += bytes[position..<(position + max(1, sign))]
            if sign > 0, isMention(in: bytes, from: position, to: position + sign) { output += quietener }
            position += max(1, sign)
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// How many bytes stand for `@` here; 0 where none do.
    private static func signLength(in bytes: [UInt8], at position: Int) -> Int {
        switch bytes[position] {
        case UInt8(ascii: "@"): 1
        case UInt8(ascii: "&"): entityLength(in: bytes[position...])
        default: 0
        }
    }

    /// How HTML, and so Markdown, may spell an `@`: by name, or by its number with any count of zeros before
    /// it.
    private static func entityLength(in bytes: ArraySlice<UInt8>) -> Int {
        if bytes.starts(with: entity) { return entity.count }
        var rest = bytes.dropFirst()
        guard rest.popFirst() == UInt8(ascii: "#") else { return 0 }
        let isHexadecimal = rest.first == UInt8(ascii: "x") || rest.first == UInt8(ascii: "X")
        if isHexadecimal { rest.removeFirst() }
        rest = rest.drop { $0 == UInt8(ascii: "0") }
        let ending = Array((isHexadecimal ? "40;" : "64;").utf8)
        return rest.starts(with: ending) ? rest.startIndex + ending.count - bytes.startIndex : 0
    }

    /// A name follows, and no word goes before. `_` does not count as a word's end: in
    /// `_@name_` it is Markdown's.
    private static func isMention(in bytes: [UInt8], from start: Int, to end: Int) -> Bool {
        guard end < bytes.count, bytes[end].isASCIIAlphanumeric else { return false }
        return start == 0 || !bytes[start - 1].isASCIIAlphanumeric
    }
}
