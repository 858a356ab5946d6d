import JSON
import KitTesting
import OrchCore
import Testing

/// Whatever an agent prints, reading it ends, and quickly.
@Suite struct AnswerReadingFuzzTests {
    /// splitmix64: the same numbers in every run.
    private struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let pieces = [
        "{", "}", "[", "]", "\"", ":", ",", "\\", "\n", "```json\n", "```", #""status""#, #""done""#,
        #""result""#, "null",
        "1e9", "é", "\u{0}", "prose ", #"{"status":"done"}"#, #"{"status":"done"#, "true",
    ]

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `random text is read to its end, with an answer only where there is a valid status`(seed: UInt64) {
        var random = Random(state: seed)
        let text = (0..<Int.random(in: 0...200, using: &random)).map { _ in
            Self.pieces.randomElement(using: &random) ?? ""
        }.joined()
        guard let answer = try? AnswerReading.answer(in: Array(text.utf8)) else { return }
        #expect(AgentAnswer.Status.allCases.contains(answer.status))
        #expect(text.contains("status"))
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func `random bytes are read to their end`(seed: UInt64) {
        var random = Random(state: seed)
        let bytes = (0..<500).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        #expect(throws: AnswerError.self) { try AnswerReading.answer(in: bytes) }
    }

    @Test func `every cut of an answer is the answer or none, never another one`() throws {
        let whole = Array(
            #"""
            Look: {"status":"blocked","summary":"a {\"status\":\"done\"} b","files":["x"],\#
            "delegations":[{"status":"done"}]} end
            """#
            .utf8)
        for length in 0...whole.count {
            guard let answer = try? AnswerReading.answer(in: Array(whole.prefix(length))) else { continue }
            #expect(answer.status == .blocked)
        }
    }

    @Test(
        arguments: [
            String(repeating: "{", count: 900_000), String(repeating: #"{"a":"#, count: 200_000),
            String(repeating: #"{"a":["#, count: 150_000), String(repeating: #"{""#, count: 400_000),
            #"{"k":["# + String(repeating: #"{"a":1},"#, count: 100_000),
            String(repeating: "[", count: 900_000),
        ])
    func `text that is made to be slow is not`(text: String) {
        let time = processorTime {
            #expect(throws: AnswerError.self) { try AnswerReading.answer(in: Array(text.utf8)) }
        }
        #expect(time < .seconds(60))
    }

    @Test(
        arguments: AgentAnswer.Status.allCases,
        ["", "plain", "two\nlines", "\"quoted\" {braces} ```fence```", "é\u{1F600}"])
    func `what is written as JSON is read back`(status: AgentAnswer.Status, text: String) throws {
        let object: JSONValue = [
            "status": .string(status.rawValue), "summary": .string(text),
            "accomplished": [.string("x" + text)],
        ]
        for wrapped in [
            object.text(), "```json\n\(object.text(.pretty))\n```", "So:\n\(object.text())\nBye.",
        ] {
            let answer = try AnswerReading.answer(in: Array(wrapped.utf8))
            #expect(answer.status == status)
            #expect(answer.summary == text)
            #expect(answer.accomplished == ["x" + text])
        }
    }
}
