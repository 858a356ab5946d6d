import Testing
import YAML

struct WritingTests {
    @Test(arguments: [
        ("", "\"\""), ("plain", "plain"), ("two words", "two words"), ("0 9 * * 1-5", "0 9 * * 1-5"),
        ("* * * * *", "\"* * * * *\""), ("yes", "\"yes\""), ("Off", "\"Off\""), ("null", "\"null\""),
        ("12", "\"12\""), ("012", "\"012\""), ("1:30", "\"1:30\""), ("1_000", "\"1_000\""),
        ("0b1", "\"0b1\""),
        ("1e3", "\"1e3\""), ("1.2.3", "1.2.3"), ("127.0.0.1:80", "127.0.0.1:80"),
        ("2026-11-23", "\"2026-11-23\""),
        ("a: b", "\"a: b\""), ("a:b", "a:b"), ("a:", "\"a:\""), ("a #b", "\"a #b\""), ("a#b", "a#b"),
        ("-v", "-v"),
        ("--flag", "\"--flag\""), ("- a", "\"- a\""), ("?", "\"?\""), ("[a]", "\"[a]\""), ("a, b", "a, b"),
        ("it's", "it's"), ("'a", "\"'a\""), ("\"a\"", "'\"a\"'"), ("C:\\x: y", "'C:\\x: y'"),
        ("@a", "\"@a\""),
        (" a", "\" a\""), ("a\tb", "\"a\\tb\""), ("\u{1B}", "\"\\x1B\""), ("\u{2028}", "\"\\u2028\""),
        ("<<", "\"<<\""), ("größe", "größe"), ("😀", "😀"), ("\n", "\"\\n\""), ("a\n\n", "\"a\\n\\n\""),
    ])
    func `a string is quoted only if it must be`(string: String, expected: String) throws {
        #expect(Node.string(string).yaml() == expected + "\n")
        #expect(try Node.parse(expected) == .string(string))
    }

    @Test(
        arguments: [
            ([], "[]\n"), ([:], "{}\n"), (nil, "null\n"), (true, "true\n"), (1.5, "1.5\n"),
            (["a": 1, "b": nil], "a: 1\nb: null\n"),
            (["a": ["b": ["c"]]], "a:\n  b:\n    - c\n"),
            ([["a": 1, "b": [2]], [[3]], []], "- a: 1\n  b:\n    - 2\n- - - 3\n- []\n"),
            (["a": "x\ny\n", "b": "x\ny"], "a: |\n  x\n  y\nb: |-\n  x\n  y\n"),
            (["x\ny"], "- |-\n  x\n  y\n"), ("x\n\ny\n", "|\n  x\n\n  y\n"),
            (["a": " x\ny\n"], "a: |2\n   x\n  y\n"), (["\nx\n"], "- |2\n\n  x\n"),
            (["1": "one", "a b": 2, "yes": 3], "\"1\": one\na b: 2\n\"yes\": 3\n"),
            ([["a"]: 1, "x\ny": 2], "[a]: 1\n\"x\\ny\": 2\n"),
        ] as [(Node, String)])
    func `collections are written in block style`(node: Node, expected: String) throws {
        #expect(node.yaml() == expected)
        #expect(try Node.parse(expected) == node)
    }

    @Test func `a number that was read is written as it was`() throws {
        let text = "a: 0755\nb: 1.10\nc: 0x1F\nd: ~\n"
        #expect(try Node.parse(text).yaml() == text)
    }

    @Test func `a very long key is written as an explicit one`() throws {
        let node = Node.mapping([.init(key: .string(String(repeating: "k", count: 2000)), value: [1])])
        #expect(node.yaml().hasPrefix("? k"))
        #expect(try Node.parse(node.yaml()) == node)
    }

    @Test(arguments: 1...8)
    func `reading what was written gives the same tree`(seed: Int) throws {
        var source = RandomNode(seed: UInt64(seed))
        for _ in 0..<500 {
            let node = source.node(depth: 5)
            #expect(try Node.parse(node.yaml()) == node, "\(node.yaml())")
        }
    }
}
