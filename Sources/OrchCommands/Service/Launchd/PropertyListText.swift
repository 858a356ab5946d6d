/// Text in an XML property list.
enum PropertyListText {
    /// - Throws: `unwritable` for control characters, which XML 1.0 §2.2 cannot carry.
    static func escaped(_ text: String, what: String) throws(ServiceError) -> String {
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else {
            throw .unwritable(what: what, value: text)
        }
        return text.reduce(into: "") { $0 += Self.entities[$1] ?? String($1) }
    }

    /// The inverse of `escaped`, for what `escaped` writes.
    static func unescaped(_ text: some StringProtocol) -> String {
        var output = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "&") {
            output += rest[..<start]
            rest = rest[start...]
            let entity = entities.first { rest.hasPrefix($0.value) }
            output.append(entity?.key ?? "&")
            rest = rest.dropFirst(entity?.value.count ?? 1)
        }
        return output + rest
    }

    private static let entities: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;"]
}
