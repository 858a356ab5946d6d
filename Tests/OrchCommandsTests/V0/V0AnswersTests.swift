import JSON
import Testing

@testable import OrchCommands

struct V0AnswersTests {
    @Test(arguments: [
        "", "words", "[1]", "{", #"{"type":"thread.started"}"#, "{\"type\":\"a\"}\n{\"type\":\"b\"}",
        #"{"type":"result","result":"no JSON"}"#,
        #"{"type":"item.completed","item":{"type":"agent_message","text":"only words"}}"#,
    ])
    func `what holds no answer gives none`(raw: String) throws {
        #expect(try V0Answers.answer(in: raw) == nil)
    }

    @Test(arguments: [
        #"{"status":"done"}"#, #"Done: {"status":"done"} That is all."#,
        "```json\n{\"status\":\"done\"}\n```",
        #"{"type":"result","result":"{\"status\":\"done\"}"}"#,
        #"{"type":"result","result":{"status":"done"}}"#,
        "{\"type\":\"text\",\"part\":{\"text\":\"{\\\"status\\\":\\\"done\\\"}\"}}\n{\"type\":\"step_finish\"}",
        // The last words hold no status; an earlier message does.
        """
        {"type":"item.completed","item":{"type":"agent_message","text":"{\\"status\\":\\"done\\"}"}}
        {"type":"item.completed","item":{"type":"agent_message","text":"Bye {\\"a\\":1}"}}
        """,
        #"{"type":"item.completed","item":{"type":"command_execution","command":"cat >o.json <<E\n{\"status\":\"done\"}\nE"}}"#,
    ])
    func `an answer is found in every wrapping`(raw: String) throws {
        #expect(try V0Answers.answer(in: raw)?["status"] == "done")
    }
}
