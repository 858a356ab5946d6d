import Testing

/// A rule is only as good as the scanner's idea of what is code.
struct ScannerTests {
    private func words(_ source: String) -> [String] {
        SwiftScanner.tokens(of: Array(source.utf8)).filter { $0.kind == .word }.map(\.text)
    }

    @Test(arguments: [
        (#"let a = "print(1) // no""#, ["let", "a"]),
        (#"let a = "one \(two("three")) four""#, ["let", "a", "two"]),
        (##"let a = #"a "quoted" \(word) \#(code)"# + b"##, ["let", "a", "code", "b"]),
        ("let a = \"\"\"\n    \"print\" \\\" \\(code)\n    \"\"\"; b", ["let", "a", "code", "b"]),
        (#"let a = "a \" b"; c"#, ["let", "a", "c"]),
        ("let a = \"open\nb", ["let", "a", "b"]),
        ("a // b\nc", ["a", "c"]),
        ("a /* b /* c */ d */ e", ["a", "e"]),
        ("/* never closed", []),
        ("func `a sentence`() {}", ["func", "`a sentence`"]),
        ("try!x try !x as!Y as! Y x!", ["try!", "x", "try", "x", "as!", "Y", "as!", "Y", "x"]),
        ("@unchecked Sendable #if os(Linux)", ["@unchecked", "Sendable", "#if", "os", "Linux"]),
        ("größe.count + 1_000", ["größe", "count", "1_000"]),
    ])
    func `comments and strings are no code`(source: String, expected: [String]) {
        #expect(words(source) == expected)
    }

    @Test func `every token knows its line`() {
        let tokens = SwiftScanner.tokens(of: Array("a\n/*\n*/ \"\"\"\n  x\n  y\n  \"\"\"\nb".utf8))
        #expect(tokens.map(\.line) == [1, 2, 3, 7])
        #expect(tokens[2].lines == 3...6)
    }

    @Test func `no input stops it`() {
        let pieces = ["\"", "\"\"\"", "#", "\\(", "\\", "(", ")", "/*", "*/", "//", "`", "\n", "a", "!", "é"]
        var generator = Generator(state: 7)
        for _ in 0..<2_000 {
            let source = (0..<12).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }
                .joined()
            let lines = source.utf8.count { $0 == UInt8(ascii: "\n") } + 1
            let tokens = SwiftScanner.tokens(of: Array(source.utf8))
            #expect(tokens.allSatisfy { (1...lines).contains($0.line) }, "\(source.debugDescription)")
        }
    }

    private func functions(_ source: String) -> [SwiftFunction] {
        SwiftFile(path: "A.swift", source).functions
    }

    @Test(arguments: [
        ("func a() {\n}", "a", 2, 0),
        ("func a(_ b: (Int, Int) = (1, 2), c: [A: B], d: D<E, F>,) -> G\nwhere G: H {\n}", "a", 3, 3),
        ("func a(run: () -> Void = { b(1, 2) }) throws(E) -> (A, B) {\n\n}", "a", 3, 1),
        ("init?(a: A) { }", "init", 1, 1),
        ("subscript(a: A, b: B) -> C {\n a\n}", "subscript", 3, 2),
        ("deinit {\n}", "deinit", 2, 0),
        ("var a: A {\n if b { c }\n}", "a", 3, 0),
    ])
    func `functions are measured`(source: String, name: String, lines: Int, parameters: Int) {
        let found = functions(source)
        #expect(found.map(\.name) == [name])
        #expect(found.first?.lineCount == lines)
        #expect(found.first?.parameterCount == parameters)
    }

    @Test(arguments: [
        "a.init(b)", "self.init(a, b) ", "var a = b {\n}", "let a: A = b.map { $0 }",
        "struct A { var a: A; var b: B }",
    ])
    func `what is no function is not measured`(source: String) { #expect(functions(source) == []) }

    @Test func `a requirement does not swallow what follows`() {
        let found = functions("protocol A {\n func b(c: C)\n func d()\n}\nstruct E {\n var f: F {\n g }\n}")
        #expect(found.map(\.name) == ["b", "d", "f"])
        #expect(found.map(\.lineCount) == [1, 1, 2])
    }
}

/// SplitMix64: small, and the same everywhere.
private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
