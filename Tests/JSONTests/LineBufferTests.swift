import JSON
import Testing

struct LineBufferTests {
    func lines(_ pieces: [String], limitBytes: Int = 100) -> [LineBuffer.Line] {
        var buffer = LineBuffer(limitBytes: limitBytes)
        return pieces.flatMap { buffer.feed($0.utf8) } + [buffer.finish()].compactMap(\.self)
    }

    func complete(_ text: String) -> LineBuffer.Line { .complete(Array(text.utf8)) }

    @Test(
        arguments: [
            ([], []),
            (["", ""], []),
            (["a\nb\n"], ["a", "b"]),
            (["a", "b\nc", "\n"], ["ab", "c"]),
            (["a\r\nb\r", "\nc\n"], ["a", "b", "c"]),
            (["a\rb\n\r\r\n"], ["a\rb", "\r"]),
            (["\n\n"], ["", ""]),
            (["a\nrest"], ["a", "rest"]),
            (["rest\r"], ["rest"]),
        ] as [([String], [String])])
    func `lines end with LF or CR LF, wherever the pieces end`(pieces: [String], expected: [String]) {
        #expect(lines(pieces) == expected.map(complete))
    }

    @Test func `the pieces a stream comes in do not matter`() {
        let text = "{\"a\":1}\r\n\nnaïve 日本\n\r\nlast"
        let whole = lines([text])
        for count in 1...text.utf8.count {
            var buffer = LineBuffer()
            var cut: [LineBuffer.Line] = []
            for start in stride(from: 0, to: text.utf8.count, by: count) {
                cut += buffer.feed(Array(text.utf8.dropFirst(start).prefix(count)))
            }
            cut += [buffer.finish()].compactMap(\.self)
            #expect(cut == whole)
        }
    }

    @Test func `a line at the limit is kept, one byte more is reported and dropped`() {
        #expect(
            lines(["1234\n12345\nok\n"], limitBytes: 4) == [
                complete("1234"), .overlong(bytes: 5), complete("ok"),
            ])
        #expect(lines(["1234\r\n"], limitBytes: 4) == [complete("1234")])
        #expect(
            lines(["1234", "\r", "\n", "12345\r\n"], limitBytes: 4) == [
                complete("1234"), .overlong(bytes: 5),
            ])
        #expect(lines(["123", "456", "789"], limitBytes: 4) == [.overlong(bytes: 9)])
    }
}
