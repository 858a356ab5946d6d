import JSON
import OrchCore
import Testing

@Suite struct AnswerReadingTests {
    private func answer(_ text: String) throws(AnswerError) -> AgentAnswer {
        try AnswerReading.answer(file: nil, finalText: text)
    }

    @Test(
        arguments: [
            ("", .noObject), ("I am done.", .noObject), ("status: done", .noObject), ("{", .noObject),
            (#""done""#, .noObject), ("[1, 2]", .noObject), ("null", .noObject),
            ("{}", .noStatus), (#"{"summary":"done"}"#, .noStatus),
            (#"{"result":{"summary":"x"}}"#, .noStatus),
            (#"{"status":"finished"}"#, .unknownStatus("finished")),
            (#"{"status":null}"#, .unknownStatus("")),
            (#"{"status":["done"]}"#, .unknownStatus("done")), (#"{"status":1}"#, .unknownStatus("1")),
            (
                #"{"status":"done|in_progress|blocked|needs_review"}"#,
                .unknownStatus("done|in_progress|blocked|needs_review")
            ),
        ] as [(String, AnswerError)])
    func `what has no valid status is no answer`(text: String, error: AnswerError) {
        #expect(throws: error) { try answer(text) }
    }

    @Test func `nothing at all is no answer`() {
        #expect(throws: AnswerError.missing) { try AnswerReading.answer(file: nil, finalText: nil) }
    }

    @Test func `more than the limit is no answer`() {
        let text = [UInt8](repeating: UInt8(ascii: " "), count: AnswerReading.limitBytes + 1)
        #expect(throws: AnswerError.tooLarge(bytes: text.count)) { try AnswerReading.answer(in: text) }
    }

    private static let bare = #"{"status":"done","summary":"S"}"#

    @Test(arguments: [
        bare, "  \n\(bare)\n", "```json\n\(bare)\n```", "```\n\(bare)\n```",
        "Here it is:\n\(bare)\nThat is all.",
        "I use {braces} and {\"maybe\": 1}.\n\n```json\n\(bare)\n```\n", "\u{FEFF}\(bare)",
        #"{"type":"result","result":"```json\n{\"status\":\"done\",\"summary\":\"S\"}\n```"}"#,
        #"{"result":{"status":"done","summary":"S"}}"#, #""{\"status\":\"done\",\"summary\":\"S\"}""#,
        // An earlier thought, an example, and an object with a status of another kind.
        #"{"status":"blocked","summary":"first"} then \#(bare)"#,
        #"\#(bare) and the shape was {"status":"done|blocked","summary":"..."}"#,
        #"{"status":"Done ","summary":"S"}"#, "{ broken { \(bare)", "[\(bare)]",
    ])
    func `finds the answer in every wrapping`(text: String) throws {
        let found = try answer(text)
        #expect(found.status == .done)
        #expect(found.summary == "S")
    }

    @Test func `the file counts before the last words`() throws {
        let file = Array(#"{"status":"blocked"}"#.utf8)
        #expect(try AnswerReading.answer(file: file, finalText: Self.bare).status == .blocked)
    }

    @Test func `the last words count where the file is torn`() throws {
        let torn = Array(#"{"status":"blo"#.utf8)
        #expect(try AnswerReading.answer(file: torn, finalText: Self.bare).status == .done)
        #expect(throws: AnswerError.noObject) { try AnswerReading.answer(file: torn, finalText: "no") }
        #expect(throws: AnswerError.noObject) { try AnswerReading.answer(file: [], finalText: nil) }
    }

    @Test func `reads every member`() throws {
        let found = try answer(
            #"""
            {"status":"needs_review","summary":"S","reason":"R","accomplished":["a","b"],"remaining":["c"],
             "blockers":["d"],"files_changed":["e"],"needs_help":true,
             "delegations":[{"title":"T","body":"B","labels":["l"],"suggested_agent":"codex"}]}
            """#)
        var expected = AgentAnswer(status: .needsReview)
        expected.summary = "S"
        expected.reason = "R"
        expected.accomplished = ["a", "b"]
        expected.remaining = ["c"]
        expected.blockers = ["d"]
        expected.filesChanged = ["e"]
        expected.needsHelp = true
        var delegation = AgentAnswer.Delegation(title: "T")
        delegation.body = "B"
        delegation.labels = ["l"]
        delegation.suggestedAgent = .codex
        expected.delegations = [delegation]
        #expect(found == expected)
    }

    @Test func `understands members of another type`() throws {
        let found = try answer(
            #"""
            {"status":"done","summary":["one","two"],"reason":5,
             "accomplished":"- a\n* b\n\nc","remaining":null,
             "blockers":{"x":1},"files":["f",7,{"path":"g"},""],"needs_help":"yes",
             "delegations":["title only",{"title":""},{"body":"none"},5,
                {"title":"T","labels":"l","suggested_agent":"NO SUCH"}]}
            """#)
        #expect(found.summary == "one\ntwo")
        #expect(found.reason == "5")
        #expect(found.accomplished == ["a", "b", "c"])
        #expect(found.remaining == [] && found.blockers == [])
        #expect(found.filesChanged == ["f", "7", #"{"path":"g"}"#])
        #expect(found.needsHelp)
        #expect(found.delegations.map(\.title) == ["title only", "T"])
        #expect(found.delegations[1].labels == ["l"])
        #expect(found.delegations[1].suggestedAgent == nil)
    }

    @Test func `cuts what is too long between characters`() throws {
        let long = String(repeating: "é", count: 100_000)
        let items = String(repeating: #""x","#, count: 5000) + #""x""#
        let found = try answer(#"{"status":"done","summary":"\#(long)","accomplished":[\#(items)]}"#)
        #expect(found.summary.utf8.count <= 16 << 10)
        #expect(found.summary.hasSuffix("é…"))
        #expect(found.accomplished.count == 200)
    }
}
