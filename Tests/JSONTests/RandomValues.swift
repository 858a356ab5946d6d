import JSON

/// Values that look random and are the same in every run: SplitMix64 decides.
struct RandomValues {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    mutating func value(depth: Int) -> JSONValue {
        switch below(depth > 0 ? 8 : 6) {
        case 0: .null
        case 1: .bool(below(2) == 0)
        case 2: .int(Int64(bitPattern: next()) >> Int64(below(64)))
        case 3: .double(double())
        case 4, 5: .string(text())
        case 6: .array((0..<below(6)).map { _ in value(depth: depth - 1) })
        default: .object(JSONObject((0..<below(6)).map { _ in (text(), value(depth: depth - 1)) }))
        }
    }

    private mutating func double() -> Double {
        let number = Double(bitPattern: next())
        return number.isFinite ? number : 0.5
    }

    private mutating func text() -> String {
        let alphabet: [Unicode.Scalar] = [
            "a", "Z", " ", "\"", "\\", "/", "\n", "\t", "\0", "\u{1F}", "\u{7F}", "é", "e", "\u{301}", "日",
            "\u{2028}",
            "😀", "\u{FFFD}", "\u{10FFFF}", "{", "]", ",",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<below(12) { text.append(alphabet[below(alphabet.count)]) }
        return String(text)
    }
}
