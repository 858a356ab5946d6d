import JSON
import Testing

/// Texts in the manner of a conformance suite: what RFC 8259 demands, forbids and leaves open.
struct AcceptanceTests {
    @Test(
        arguments: [
            ("", .unexpectedEnd, 0),
            ("   ", .unexpectedEnd, 3),
            ("\u{FEFF}{}", .unexpectedByte(0xEF), 0),
            ("[1,]", .unexpectedByte(0x5D), 3),
            ("[,1]", .unexpectedByte(0x2C), 1),
            ("[1,,2]", .unexpectedByte(0x2C), 3),
            ("[1 2]", .unexpectedByte(0x32), 3),
            ("[1", .unexpectedEnd, 2),
            ("[", .unexpectedEnd, 1),
            ("[1}", .unexpectedByte(0x7D), 2),
            ("]", .unexpectedByte(0x5D), 0),
            ("{", .unexpectedEnd, 1),
            ("{\"a\"", .unexpectedEnd, 4),
            ("{\"a\":", .unexpectedEnd, 5),
            ("{\"a\":1,}", .unexpectedByte(0x7D), 7),
            ("{\"a\" 1}", .unexpectedByte(0x31), 5),
            ("{a:1}", .unexpectedByte(0x61), 1),
            ("{'a':1}", .unexpectedByte(0x27), 1),
            ("{1:1}", .unexpectedByte(0x31), 1),
            ("{\"a\":1 \"b\":2}", .unexpectedByte(0x22), 7),
            ("// no\n1", .unexpectedByte(0x2F), 0),
            ("[1]x", .trailingText, 3),
            ("1 1", .trailingText, 2),
            ("{}}", .trailingText, 2),
            ("[]\0", .trailingText, 2),
            ("tru", .unexpectedEnd, 3),
            ("True", .unexpectedByte(0x54), 0),
            ("nul1", .unexpectedByte(0x31), 3),
            ("truefalse", .trailingText, 4),
            ("NaN", .unexpectedByte(0x4E), 0),
            ("Infinity", .unexpectedByte(0x49), 0),
            ("-Infinity", .invalidNumber, 0),
            ("-", .unexpectedEnd, 1),
            ("+1", .unexpectedByte(0x2B), 0),
            (".5", .unexpectedByte(0x2E), 0),
            ("1.", .unexpectedEnd, 2),
            ("[1.]", .invalidNumber, 1),
            ("[-.5]", .invalidNumber, 1),
            ("[1.e3]", .invalidNumber, 1),
            ("[1e]", .invalidNumber, 1),
            ("[1e+]", .invalidNumber, 1),
            ("[01]", .invalidNumber, 1),
            ("[-01]", .invalidNumber, 1),
            ("[00]", .invalidNumber, 1),
            ("0x10", .trailingText, 1),
            ("[1_000]", .unexpectedByte(0x5F), 2),
            ("[1e400]", .numberOutOfRange, 1),
            ("[-1e400]", .numberOutOfRange, 1),
            ("\"", .unexpectedEnd, 1),
            ("\"abc", .unexpectedEnd, 4),
            ("\"a\\", .unexpectedEnd, 3),
            ("\"a\\x\"", .invalidEscape, 2),
            ("\"\\'\"", .invalidEscape, 1),
            ("\"\\U0041\"", .invalidEscape, 1),
            ("\"\\u00g0\"", .invalidEscape, 1),
            ("\"\\u 041\"", .invalidEscape, 1),
            ("\"\\u12\"", .invalidEscape, 1),
            ("\"\\u12", .unexpectedEnd, 5),
            ("\"\\ud800\\u00\"", .invalidEscape, 7),
            ("\"a\nb\"", .controlCharacter(0x0A), 2),
            ("\"a\tb\"", .controlCharacter(0x09), 2),
            ("\"\0\"", .controlCharacter(0x00), 1),
            ("'a'", .unexpectedByte(0x27), 0),
            ("\u{A0}1", .unexpectedByte(0xC2), 0),
            ("\u{0C}1", .unexpectedByte(0x0C), 0),
        ] as [(String, JSONError.Reason, Int)])
    func `what RFC 8259 forbids is refused, and where`(text: String, reason: JSONError.Reason, offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
        #expect(error?.reason == reason)
        #expect(error?.offset == offset)
    }

    @Test(
        arguments: [
            (" \t\r\n1 \n", 1),
            ("0", 0),
            ("-0", 0),
            ("9223372036854775807", .int(.max)),
            ("-9223372036854775808", .int(.min)),
            ("9223372036854775808", 9_223_372_036_854_775_808.0),
            ("-9223372036854775809", -9_223_372_036_854_775_809.0),
            ("1.0", 1.0),
            ("-0.0", .double(-0.0)),
            ("1e3", 1000.0),
            ("1E+2", 100.0),
            ("1.5e-3", 0.0015),
            ("1e-400", 0.0),
            ("0.1", 0.1),
            ("2.2250738585072011e-308", .double(Double(bitPattern: 0xF_FFFF_FFFF_FFFF))),
            ("123456789012345678901234567890", 1.2345678901234568e29),
            ("true", true),
            ("false", false),
            ("null", .null),
            ("\"\"", ""),
            ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\u{8}\u{C}\n\r\t"),
            ("\"\\u0041\\u00e9\\u65E5\"", "Aé日"),
            ("\"\\ud83d\\ude00\"", "😀"),
            ("\"\\u0000\"", "\0"),
            ("\"\u{7F}\u{2028}\"", "\u{7F}\u{2028}"),
            ("[]", []),
            ("[ ]", []),
            ("{ }", [:]),
            ("[[],{}]", [[], [:]]),
            ("{\"\":0}", ["": 0]),
            ("{\"a\":{\"b\":[1,2.5,\"x\",null,true]}}", ["a": ["b": [1, 2.5, "x", .null, true]]]),
        ] as [(String, JSONValue)])
    func `what RFC 8259 allows is read`(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
        #expect(try JSONValue(parsing: Array(text.utf8)) == value)
    }

    @Test(
        arguments: [
            ([0x22, 0xFF, 0x22], "\u{FFFD}"),
            ([0x22, 0x61, 0xC3, 0x22], "a\u{FFFD}"),
            ([0x22, 0xE6, 0x97, 0x22], "\u{FFFD}"),
            (Array("\"\\n".utf8) + [0xFE, 0x22], "\n\u{FFFD}"),
            (Array("\"\\ud800\"".utf8), "\u{FFFD}"),
            (Array("\"\\ud800x\"".utf8), "\u{FFFD}x"),
            (Array("\"\\ud800\\n\"".utf8), "\u{FFFD}\n"),
            (Array("\"\\udc00\\ud800\"".utf8), "\u{FFFD}\u{FFFD}"),
            (Array("\"\\ud800\\ud83d\\ude00\"".utf8), "\u{FFFD}😀"),
            (Array("\"\\ud800\\u0041\"".utf8), "\u{FFFD}A"),
        ] as [([UInt8], String)])
    func `bad bytes and lone surrogates in a string become U+FFFD`(bytes: [UInt8], text: String) throws {
        #expect(try JSONValue(parsing: bytes).string == text)
    }

    @Test func `of members with one name the last counts`() throws {
        let object = try #require(try JSONValue(parsing: "{\"a\":1,\"b\":2,\"a\":3}").object)
        #expect(object.names == ["a", "b"])
        #expect(object["a"] == 3)
    }

    @Test func `names that differ only in their bytes are two`() throws {
        let text = "{\"\\u00e9\":1,\"e\\u0301\":2}"
        #expect(try JSONValue(parsing: text).object?.count == 2)
        #expect(try JSONValue(parsing: text).text() == "{\"\u{E9}\":1,\"e\u{301}\":2}")
    }

    @Test(arguments: ["[", "{\"a\":"])
    func `depth has a limit that is exact`(open: String) {
        func nested(_ depth: Int) -> String { String(repeating: open, count: depth) + "1" }
        let within = #expect(throws: JSONError.self) { try JSONValue(parsing: nested(128)) }
        #expect(within?.reason == .unexpectedEnd)
        let beyond = #expect(throws: JSONError.self) { try JSONValue(parsing: nested(129)) }
        #expect(beyond?.reason == .tooDeep(limit: 128))
        let hostile = #expect(throws: JSONError.self) { try JSONValue(parsing: nested(1_000_000)) }
        #expect(hostile?.reason == .tooDeep(limit: 128))
    }

    @Test func `size has a limit that is exact`() throws {
        let limits = JSONLimits(depth: 8, bytes: 4)
        #expect(try JSONValue(parsing: "\"ab\"", limits: limits) == "ab")
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: "\"abc\"", limits: limits) }
        #expect(error?.reason == .tooLarge(limitBytes: 4))
    }

    @Test func `an error says the line, and the column in characters`() {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: "{\n  \"naïve\": x\n}") }
        #expect(error?.line == 2)
        #expect(error?.column == 12)
        #expect(error?.description == "line 2, column 12: unexpected “x”")
    }
}
