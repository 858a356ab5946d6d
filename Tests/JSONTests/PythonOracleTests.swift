import JSON
import KitTesting
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// In CI the program must be there: the tests run and fail without it.
private let isPythonThere = getenv("CI") != nil || system("command -v python3 >/dev/null") == 0

/// Python's json module reads what we write as we do, and refuses what we refuse.
@Suite(.enabled(if: isPythonThere, "python3 is not installed"))
struct PythonOracleTests {
    /// Runs a Python script on some bytes and returns the first sixteen megabytes it prints.
    func python(_ script: String, on input: [UInt8]) throws -> [UInt8] {
        var path = Array("\(Scratch.parent)/json-tests-XXXXXX".utf8CString)
        let descriptor = mkstemp(&path)
        let file = try #require(fdopen(descriptor, "w"))
        let name = String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        defer { unlink(name) }
        #expect(fwrite(input, 1, input.count, file) == input.count)
        fclose(file)
        let pipe = try #require(popen("python3 -c '\(script)' <'\(name)'", "r"))
        var output = [UInt8](repeating: 0, count: 16 << 20)
        let count = fread(&output, 1, output.count, pipe)
        #expect(pclose(pipe) == 0)
        return Array(output[..<count])
    }

    @Test func `Python reads the values we write, and we the values it writes`() throws {
        var random = RandomValues(seed: 3)
        let values = (0..<1000).map { _ in random.value(depth: 4) }
        let lines = values.map { $0.text() }.joined(separator: "\n")
        // Once escaped to ASCII and once not, with Python's own choice of space.
        let script = """
            import sys, json
            for line in sys.stdin.buffer.read().split(b"\\n"):
                value = json.loads(line)
                print(json.dumps(value))
                sys.stdout.flush()
                sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode() + b"\\n")
                sys.stdout.buffer.flush()
            """
        var buffer = LineBuffer()
        let written = buffer.feed(try python(script, on: Array(lines.utf8)))
        try #require(written.count == 2 * values.count)
        for (index, line) in written.enumerated() {
            guard case .complete(let bytes) = line else { continue }
            #expect(try JSONValue(parsing: bytes) == values[index / 2])
        }
    }

    @Test func `Python accepts and refuses the texts that we do`() throws {
        var random = RandomValues(seed: 4)
        let pieces = [
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"\\u00e9\"", "\"\\x\"", "1", "-", "0", "1.5", ".", "e",
            "2e1", "null",
            "true", " ", "\"", "\\",
        ]
        let texts = (0..<20_000).map { _ in
            (0...random.below(6)).map { _ in pieces[random.below(pieces.count)] }.joined()
        }
        let script = """
            import sys, json
            for line in sys.stdin.buffer.read().split(b"\\n"):
                try:
                    json.loads(line)
                    print("+", end="")
                except ValueError:
                    print("-", end="")
            """
        let verdicts = try python(script, on: Array(texts.joined(separator: "\n").utf8))
        let ours = texts.map { (try? JSONValue(parsing: $0)) == nil ? UInt8(ascii: "-") : UInt8(ascii: "+") }
        try #require(verdicts.count == ours.count)
        let differing = texts.indices.filter { verdicts[$0] != ours[$0] }.map { texts[$0] }
        #expect(differing == [])
        #expect(
            ours.count(where: { $0 == UInt8(ascii: "+") }) > 500, "the corpus holds hardly any valid text")
    }
}
