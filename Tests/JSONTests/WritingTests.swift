import JSON
import Testing

struct WritingTests {
    @Test(
        arguments: [
            (.null, "null"), (true, "true"), (.int(.min), "-9223372036854775808"), (0.1, "0.1"), (1.0, "1.0"),
            (1e20, "1e+20"), (.double(-0.0), "-0.0"), (.double(.infinity), "null"), (.double(.nan), "null"),
            ("", "\"\""), ("a\"b\\c/d", "\"a\\\"b\\\\c/d\""), ("\u{8}\u{C}\n\r\t", "\"\\b\\f\\n\\r\\t\""),
            ("\0\u{1F}\u{7F}é😀", "\"\\u0000\\u001f\u{7F}é😀\""), ([], "[]"), ([:], "{}"),
            (["b": 1, "a": [.null, ["c": false]]], "{\"b\":1,\"a\":[null,{\"c\":false}]}"),
        ] as [(JSONValue, String)])
    func `compact text has no space and no needless escape`(value: JSONValue, text: String) {
        #expect(value.text() == text)
        #expect("\(value)" == text)
    }

    @Test func `pretty text is indented by two spaces, empty lists stay closed`() {
        let value: JSONValue = ["b": [1, [], [:]], "a": ["c": "d"], "z": .null]
        #expect(
            value.text(.pretty) == """
                {
                  "b": [
                    1,
                    [],
                    {}
                  ],
                  "a": {
                    "c": "d"
                  },
                  "z": null
                }
                """)
    }

    @Test func `sorted names give one text for equal values`() {
        let one: JSONValue = ["b": 1, "a": ["d": 1, "c": 2], "é": 0, "Z": 0]
        let other: JSONValue = ["Z": 0, "é": 0, "a": ["c": 2, "d": 1], "b": 1]
        #expect(one == other)
        #expect(one.text() != other.text())
        #expect(one.text(.canonical) == "{\"Z\":0,\"a\":{\"c\":2,\"d\":1},\"b\":1,\"é\":0}")
        #expect(one.text(.canonical) == other.text(.canonical))
    }

    @Test(arguments: [JSONStyle.compact, .pretty, .canonical, JSONStyle(isPretty: true, sortsNames: true)])
    func `parsing what was written gives the value again`(style: JSONStyle) throws {
        var random = RandomValues(seed: 1)
        for _ in 0..<400 {
            let value = random.value(depth: 4)
            #expect(try JSONValue(parsing: value.utf8(style)) == value)
        }
    }

    @Test func `no damage to a text crashes the parser, and its error lies inside the text`() {
        var random = RandomValues(seed: 2)
        for _ in 0..<4000 {
            var bytes = random.value(depth: 3).utf8()
            for _ in 0...random.below(3) { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
            bytes.removeLast(random.below(bytes.count))
            do throws(JSONError) {
                let value = try JSONValue(parsing: bytes)
                #expect((try? JSONValue(parsing: value.utf8())) == value)
            } catch {
                #expect((0...bytes.count).contains(error.offset))
            }
        }
    }
}
