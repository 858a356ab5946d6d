import Testing
import YAML

struct CoreSchemaTests {
    @Test(arguments: [
        "yes", "No", "on", "OFF", "y", "1_000", "0b11", "1:30", "2026-11-23", "0o18", "0xG", "0x", "0o",
        "+0x1",
        "-0o7", "1e", "e1", ".", "-.", "+", "..", "1.2.3", "1e+", "nULL", "tRUE", ".iNF", "-.nan", ".e5",
        "1 2", "<<",
    ])
    func `what the core schema does not name is a string`(text: String) throws {
        #expect(try Node.parse("[\(text)]") == [.string(text)])
    }

    @Test(
        arguments: [
            ("", .null), ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null),
            ("true", .bool(true)), ("True", .bool(true)), ("FALSE", .bool(false)),
            ("0", .int(0)), ("-0", .int(0)), ("+12", .int(12)), ("012", .int(12)), ("0o17", .int(15)),
            ("0xfF", .int(255)), ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
            ("9223372036854775808", .float(9_223_372_036_854_775_808)),
            ("0xFFFFFFFFFFFFFFFF", .float(0x1p64)),
            ("1.", .float(1)), (".5", .float(0.5)), ("-1.5e-3", .float(-0.0015)), ("1E3", .float(1000)),
            ("1e400", .float(.infinity)), (".inf", .float(.infinity)), ("-.INF", .float(-.infinity)),
            (".NaN", .float(.nan)),
        ] as [(String, Node.Content)])
    func `a plain scalar is resolved, and keeps its text`(text: String, expected: Node.Content) throws {
        let node = try #require(try Node.parse("a: \(text)")["a"])
        #expect(node.content == expected)
        #expect(node.text == text)
    }

    @Test(arguments: ["'12'", "\"true\"", "!!str 12", "! null", "!<tag:yaml.org,2002:str> 1.5"])
    func `quotes and the string tag make a string`(text: String) throws {
        #expect(try Node.parse("a: \(text)")["a"]?.string != nil)
    }

    @Test(
        arguments: [
            ("!!int '12'", .int(12)), ("!!float 1", .float(1)), ("!!null ''", .null),
            ("!!bool 'true'", .bool(true)),
        ] as [(String, Node.Content)])
    func `a tag decides for a quoted scalar`(text: String, expected: Node.Content) throws {
        #expect(try Node.parse("a: \(text)")["a"]?.content == expected)
    }
}
