import Testing
import YAML

struct ReadingTests {
    static let config = """
        # orchard
        version: 1.10
        mode: 0755
        on: yes
        jobs:
          - name: größe
            every: 1e3
          - {name: b, enabled: true}
        empty:
        8080: port
        """

    @Test func `a node knows its line and column`() throws {
        let node = try Node.parse(ReadingTests.config)
        #expect(node.mark == Mark(line: 2, column: 1))
        #expect(node["jobs"]?.mark == Mark(line: 6, column: 3))
        #expect(node.at(["jobs", 0, "name"])?.mark == Mark(line: 6, column: 11))
        #expect(node.at(["jobs", 1, "enabled"])?.mark == Mark(line: 8, column: 24))
        #expect(node["empty"]?.mark == Mark(line: 9, column: 7))
        #expect(node.mapping?.last?.key.mark == Mark(line: 10, column: 1))
    }

    @Test func `a scalar keeps the text it was written as`() throws {
        let node = try Node.parse(ReadingTests.config)
        #expect(node["version"]?.float == 1.1)
        #expect(node["version"]?.text == "1.10")
        #expect(node["mode"]?.int == 755)
        #expect(node["mode"]?.text == "0755")
        #expect(node.at(["jobs", 0, "every"])?.text == "1e3")
        #expect(node["empty"]?.text == "")
        #expect(node["jobs"]?.text == nil)
    }

    @Test func `accessors give what is there, and nil for another type`() throws {
        let node = try Node.parse(ReadingTests.config)
        #expect(node["on"]?.string == "yes")
        #expect(node["on"]?.bool == nil)
        #expect(node.at(["jobs", 1, "enabled"])?.bool == true)
        #expect(node["mode"]?.string == nil)
        #expect(node["mode"]?.float == 755)
        #expect(node["empty"]?.isNull == true)
        #expect(node["8080"]?.string == "port")
        #expect(node["jobs"]?.sequence?.count == 2)
        #expect(node["jobs"]?.mapping == nil)
        #expect(node["none"] == nil)
        #expect(node.at(["jobs", 2]) == nil)
        #expect(node.at(["jobs", -1]) == nil)
        #expect(node.at(["jobs", "name"]) == nil)
        #expect(node.at([]) == node)
    }

    @Test func `an alias is the value it stands for, marked where that is written`() throws {
        let node = try Node.parse("a: &x {b: 1}\nc: *x\n")
        #expect(node["c"] == node["a"])
        #expect(node["c"]?.mark.line == 1)
    }

    @Test func `a text without a document is null, and a stream of none`() throws {
        for text in ["", "\n\n", "# only a comment", "\u{FEFF}"] {
            #expect(try Node.parse(text).isNull)
            #expect(try Node.documents(text).isEmpty)
        }
    }

    @Test func `strings are compared by their bytes`() throws {
        #expect(Node.string("e\u{301}") != Node.string("\u{E9}"))
        #expect(try Node.parse("e\u{301}: 1\n\u{E9}: 2\n").mapping?.count == 2)
    }

    /// YAML 1.2.2, where the outside reader of the corpus differs from it.
    @Test(
        arguments: [
            ("a: 1\t# comment\nb: 2 \t# comment", ["a": 1, "b": 2]),
            ("a:\t1", ["a": 1]),
            ("\t[\n\t1\n\t]", [1]),
            ("a\n...\n...\n", "a"),
            ("'a':\tb", ["a": "b"]),
            ("\"\\ud83d\\ude00\"", "😀"),
            ("\"\\/\"", "/"),
            ("%UNKNOWN x\n---\na", "a"),
            ("a: 1\rb: 2\r", ["a": 1, "b": 2]),
            ("{\"a\":1, 'b':[2], [c]:3}", ["a": 1, "b": [2], ["c"]: 3]),
            ("- |+\n  a\n\n", ["a\n\n"]),
            ("a: |\n  x", ["a": "x"]),
        ] as [(String, Node)])
    func `the specification is followed`(text: String, expected: Node) throws {
        #expect(try Node.documents(text) == [expected])
    }
}
