/// Header fields in the order in which they came; names are compared without regard to case (RFC 9110 §5.1).
package struct HTTPFields: Sendable, ExpressibleByDictionaryLiteral {
    package private(set) var lines: [(name: String, value: String)] = []

    package init() {}

    package init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { add(name, value) }
    }

    /// The value of a field that is there once; of one that is there more often, all of them with commas
    /// between (RFC 9110 §5.3); nil where it is not there.
    package subscript(name: String) -> String? {
        let values = values(of: name)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// One a line of the field.
    package func values(of name: String) -> [String] {
        lines.filter { Self.isSame($0.name, name) }.map(\.value)
    }

    package func contains(_ name: String) -> Bool { lines.contains { Self.isSame($0.name, name) } }

    package mutating func add(_ name: String, _ value: String) { lines.append((name, value)) }

    /// The words of a field that is a list, such as `Connection`, in lower case.
    func words(of name: String) -> [String] {
        values(of: name).flatMap { $0.split(separator: ",") }
            .map(Self.trimmed).filter { !$0.isEmpty }
    }

    /// Space within a word stays: `ch unked` is another word than `chunked`, also to a proxy in between.
    private static func trimmed(_ word: Substring) -> String {
        var rest = word.drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest.lowercased()
    }

    private static func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        one.utf8.count == other.utf8.count && zip(one.utf8, other.utf8).allSatisfy { lower($0) == lower($1) }
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
