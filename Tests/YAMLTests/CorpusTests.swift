import Testing
import YAML

/// Our reader and ruamel.yaml’s agree on what the corpus means.
struct CorpusTests {
    @Test(.enabled(if: PythonOracle.isAvailable, "needs /usr/bin/python3 with ruamel.yaml"))
    func `documents mean the same to another reader`() throws {
        let cases = try Corpus.accepted.flatMap { try Corpus.cases($0) }
        try #require(cases.count >= 300)
        let meanings = try PythonOracle.meanings(of: cases.map(\.bytes))
        try #require(meanings.count == cases.count)
        for (example, meaning) in zip(cases, meanings) {
            #expect(Meaning.of(example.bytes) == meaning, "\(example)")
        }
    }

    @Test(.enabled(if: PythonOracle.isAvailable, "needs /usr/bin/python3 with ruamel.yaml"))
    func `documents that another reader refuses are refused`() throws {
        let cases = try Corpus.cases("rejected")
        try #require(cases.count >= 50)
        let meanings = try PythonOracle.meanings(of: cases.map(\.bytes))
        for (example, meaning) in zip(cases, meanings) {
            #expect(meaning.hasPrefix(#"{"refused""#), "\(example) is fine to the other reader")
            #expect(throws: YAMLError.self, "\(example)") { try Node.documents(bytes: example.bytes) }
        }
    }

    @Test(.enabled(if: PythonOracle.isAvailable, "needs /usr/bin/python3 with ruamel.yaml"))
    func `what we write means the same to another reader`() throws {
        var source = RandomNode(seed: 31)
        let nodes = (0..<300).map { _ in source.node(depth: 4) }
        let meanings = try PythonOracle.meanings(of: nodes.map { Array($0.yaml().utf8) })
        try #require(meanings.count == nodes.count)
        for (node, meaning) in zip(nodes, meanings) {
            #expect(Meaning.of([node]) == meaning, "\(node.yaml())")
        }
    }
}

/// Values in the notation of `oracle.py`: JSON in which a scalar is a string that begins with its type.
private enum Meaning {
    static func of(_ documents: [Node]) -> String {
        #"{"documents": ["# + documents.map(json).joined(separator: ", ") + "]}"
    }

    static func of(_ bytes: [UInt8]) -> String {
        do {
            return of(try Node.documents(bytes: bytes))
        } catch {
            return "refused: \(error)"
        }
    }

    private static func json(_ node: Node) -> String {
        switch node.content {
        case .null: return #""n""#
        case .bool(let bool): return #""b:\#(bool)""#
        case .int(let int): return #""i:\#(int)""#
        case .float(let float): return float.isNaN ? #""d:nan""# : #""d:\#(hexadecimal(float.bitPattern))""#
        case .string(let string): return quoted("s:" + string)
        case .sequence(let items): return "[" + items.map(json).joined(separator: ", ") + "]"
        case .mapping(let entries):
            let pairs = entries.map { "[\(json($0.key)), \(json($0.value))]" }
            return #"{"m": ["# + pairs.joined(separator: ", ") + "]}"
        }
    }

    private static func hexadecimal(_ bits: UInt64) -> String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    /// As Python’s `json.dumps` writes a string with `ensure_ascii=False`.
    private static func quoted(_ string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{8}": text += "\\b"
            case "\u{C}": text += "\\f"
            case "\0"..<" ": text += "\\u" + hexadecimal(UInt64(scalar.value)).suffix(4)
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
