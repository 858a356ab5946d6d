import JSON
import KitTesting
import OrchCore
import Testing

@Suite struct ReviewReadingTests {
    @Test(arguments: [
        ("I approve! Great work.", ReviewError.noDecision),
        ("", .noDecision),
        ("{\"status\":\"done\",\"notes\":\"approve\"}", .noDecision),
        ("{\"decision\":\"approve\"", .noDecision),
        ("{\"decision\":\"approved\"}", .unknownDecision("approved")),
        ("{\"decision\":true}", .unknownDecision("true")),
        ("{\"decision\":\"\"}", .unknownDecision("")),
        ("{\"decision\":\"request_changes\"}", .noNotes(.requestChanges)),
        ("{\"decision\":\"reject\",\"notes\":\"  \"}", .noNotes(.reject)),
    ])
    func `what has no decision is no approval`(text: String, error: ReviewError) {
        #expect(throws: error) { try ReviewReading.answer(in: text) }
    }

    @Test(arguments: [
        #"{"decision":"approve","notes":"fine"}"#,
        "Here it is:\n```json\n{\"decision\": \"Approve\", \"notes\": \"fine\"}\n```\nBye.",
        #"{"type":"result","result":"{\"decision\":\"approve\",\"notes\":\"fine\"}"}"#,
        #"first {"decision":"request_changes","notes":"no"} then {"decision":"approve","notes":"fine"}"#,
    ])
    func `a decision is read in every wrapping, and of several the last counts`(text: String) throws {
        #expect(try ReviewReading.answer(in: text) == ReviewAnswer(decision: .approve, notes: "fine"))
    }

    @Test func `notes may be a list, and are bounded`() throws {
        let list = try ReviewReading.answer(in: #"{"decision":"reject","notes":["a","b"]}"#)
        #expect(list == ReviewAnswer(decision: .reject, notes: "a\nb"))
        let long = JSONValue.object([
            "decision": "request_changes", "notes": .string(String(repeating: "x", count: 100_000)),
        ])
        #expect(try ReviewReading.answer(in: long.text()).notes.utf8.count <= 32 << 10)
        let huge = String(repeating: " ", count: AnswerReading.limitBytes + 1)
        #expect(throws: ReviewError.tooLarge(bytes: huge.utf8.count)) { try ReviewReading.answer(in: huge) }
    }

    private static let pieces = [
        "{", "}", "\"", ":", ",", "\\", "\n", "```json\n", "```", "\"decision\"", "\"approve\"", "\"notes\"",
        "approve", "{\"decision\":\"approve\"", "{\"decision\":\"reject\",\"notes\":\"n\"}", "é", "\u{0}",
        "null",
    ]

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `no text without a whole object that says so is an approval`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let text = (0..<random.below(40)).map { _ in random.pick(Self.pieces) }.joined()
        guard let answer = try? ReviewReading.answer(in: text), answer.decision == .approve else { return }
        let bare = text.filter { !$0.isWhitespace && $0 != "\\" }
        #expect(bare.contains("\"decision\":\"approve\"") && bare.contains("}"), "\(text)")
    }
}
