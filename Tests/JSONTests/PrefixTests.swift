import JSON
import Testing

struct PrefixTests {
    @Test func `a value inside other text is read, with where it ends`() throws {
        let bytes = Array("Here: {\"a\":[1]} and more {".utf8)
        let (value, end) = try JSONValue.parsePrefix(of: bytes, from: 6)
        #expect(value == ["a": [1]])
        #expect(String(decoding: bytes[end...], as: UTF8.self) == " and more {")
        #expect(throws: JSONError.self) { try JSONValue.parsePrefix(of: bytes) }
        #expect(throws: JSONError.self) { try JSONValue.parsePrefix(of: bytes, from: bytes.count) }
    }

    @Test func `values one after the other are read one by one`() throws {
        let bytes = Array("1 \"two\"[3]\n{}".utf8)
        var values: [JSONValue] = []
        var position = 0
        while position < bytes.count {
            let (value, end) = try JSONValue.parsePrefix(of: bytes, from: position)
            values.append(value)
            position = end
        }
        #expect(values == [1, "two", [3], [:]])
    }

    @Test func `an offset is one of the whole text`() {
        let error = #expect(throws: JSONError.self) { try JSONValue.parsePrefix(of: "ab\n[x".utf8, from: 3) }
        #expect(error?.offset == 4)
        #expect(error?.line == 2)
    }
}
