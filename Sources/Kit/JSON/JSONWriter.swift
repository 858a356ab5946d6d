struct JSONWriter {
    let style: JSONStyle
    private(set) var output: [UInt8] = []
    private var depth = 0

    init(style: JSONStyle) { self.style = style }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .int(let value): append("\(value)")
        // Swift writes the shortest text that reads back as the same double, always with a fraction or an
        // exponent, and so never an integer.
        case .double(let value): append(value.isFinite ? "\(value)" : "null")
        case .string(let value): writeString(value)
        case .array(let elements): writeArray(elements)
        case .object(let object): writeObject(object)
        }
    }

    private mutating func writeArray(_ elements: [JSONValue]) {
        writeList(elements, open: "[", close: "]") { writer, element in writer.write(element) }
    }

    private mutating func writeObject(_ object: JSONObject) {
        var members = object.members
        if style.sortsNames { members.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } }
        writeList(members, open: "{", close: "}") { writer, member in
            writer.writeString(member.name)
            writer.append(writer.style.isPretty ? ": " : ":")
            writer.write(member.value)
        }
    }

    /// Empty lists stay on one line even in the pretty style.
    private mutating func writeList<Item>(
        _ items: [Item], open: String, close: String, _ writeItem: (inout JSONWriter, Item) -> Void
    ) {
        append(open)
        depth += 1
        for (index, item) in items.enumerated() {
            if index > 0 { append(",") }
            breakLine()
            writeItem(&self, item)
        }
        depth -= 1
        if !items.isEmpty { breakLine() }
        append(close)
    }

    private mutating func breakLine() {
        guard style.isPretty else { return }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }

    private mutating func append(_ text: String) { output.append(contentsOf: text.utf8) }

    private mutating func writeString(_ text: String) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") {
                output.append(byte)
            } else {
                append(Self.escape(byte))
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    /// Only what RFC 8259 §7 demands is escaped.
    private static func escape(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "\""): "\\\""
        case UInt8(ascii: "\\"): "\\\\"
        case 0x08: "\\b"
        case 0x0C: "\\f"
        case 0x0A: "\\n"
        case 0x0D: "\\r"
        case 0x09: "\\t"
        default: (byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16)
        }
    }
}
