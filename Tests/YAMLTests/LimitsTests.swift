import KitTesting
import Testing
import YAML

struct LimitsTests {
    private func refusal(_ text: String) throws -> YAMLError.Reason {
        try #require(throws: YAMLError.self) { try Node.documents(text) }.reason
    }

    @Test func `a billion laughs are refused in milliseconds`() throws {
        var text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
        for level in 1...9 {
            let aliases = (0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        var reason: YAMLError.Reason?
        let time = try processorTime { reason = try refusal(text) }
        #expect(reason == .tooManyExpandedNodes)
        #expect(time < .milliseconds(250))
    }

    @Test func `aliases that stay within the limit are replaced`() throws {
        let items = (0..<1000).map { _ in "*a" }.joined(separator: ", ")
        let node = try Node.parse("a: &a [1, 2, 3]\nb: [\(items)]\n")
        #expect(node["b"]?.sequence?.count == 1000)
        #expect(node.at(["b", 999, 2])?.int == 3)
    }

    @Test(arguments: [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")])
    func `nesting is followed to the limit and refused beyond`(open: String, close: String) throws {
        func nested(_ levels: Int) -> String {
            String(repeating: open, count: levels) + "x" + String(repeating: close, count: levels)
        }
        _ = try Node.parse(nested(YAMLLimits.depth - 1))
        #expect(try refusal(nested(YAMLLimits.depth)) == .tooDeep)
        #expect(try refusal(nested(100_000)) == .tooDeep)
    }

    @Test func `deep block mappings are refused like deep flows`() throws {
        let text = (0..<200).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        #expect(try refusal(text) == .tooDeep)
    }

    @Test func `nesting through aliases counts`() throws {
        var text = "- &a0 [x]\n"
        for level in 1..<200 { text += "- &a\(level) [*a\(level - 1)]\n" }
        #expect(try refusal(text) == .tooDeep)
    }

    @Test func `too many nodes and too many bytes are refused`() throws {
        #expect(try refusal(String(repeating: "- a\n", count: YAMLLimits.nodes)) == .tooManyNodes)
        let large = String(repeating: "#", count: YAMLLimits.inputBytes + 1)
        #expect(try refusal(large) == .inputTooLarge(bytes: YAMLLimits.inputBytes + 1))
    }

    @Test func `one long line is read in linear time`() throws {
        let text = "[" + String(repeating: "é, ", count: 100_000) + "x]"
        var node: Node?
        let time = try processorTime { node = try Node.parse(text) }
        #expect(node?.sequence?.last?.mark == Mark(line: 1, column: 300_002))
        #expect(time < .seconds(30))
    }
}
