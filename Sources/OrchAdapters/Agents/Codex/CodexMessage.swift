import JSON
import OrchCore

/// What the client of Codex's app server writes: JSON-RPC without the version member, one object a line.
///
/// The protocol of an installed version: `codex app-server generate-json-schema --out DIR`.
enum CodexMessage {
    static func request(_ id: Int, _ method: String, _ parameters: JSONValue) -> String {
        line(["id": .int(Int64(id)), "method": .string(method), "params": parameters])
    }

    static func initialize(_ id: Int) -> String {
        request(id, "initialize", ["clientInfo": ["name": "orch", "title": "orch", "version": "1"]])
    }

    static var initialized: String { line(["method": "initialized"]) }

    /// A new thread, or an earlier one that goes on.
    static func thread(_ id: Int, _ agent: AgentRequest) -> String {
        var parameters: JSONObject = [
            "cwd": .string(agent.worktree), "approvalPolicy": "never",
            "sandbox": .string(CodexSandbox(agent).mode),
        ]
        if let model = agent.model { parameters["model"] = .string(model) }
        if !agent.systemPrompt.isEmpty { parameters["developerInstructions"] = .string(agent.systemPrompt) }
        guard let session = agent.resuming else { return request(id, "thread/start", .object(parameters)) }
        parameters["threadId"] = .string(session)
        return request(id, "thread/resume", .object(parameters))
    }

    static func turn(_ id: Int, thread: String, words: String) -> String {
        request(id, "turn/start", ["threadId": .string(thread), "input": input(words)])
    }

    /// Words for the turn that runs; refused where another one does.
    static func steer(_ id: Int, thread: String, turn: String, words: String) -> String {
        request(
            id, "turn/steer",
            ["threadId": .string(thread), "expectedTurnId": .string(turn), "input": input(words)])
    }

    /// The answer to a question of the server's, always a refusal: without an answer it would wait for ever.
    static func refusal(of id: JSONValue, method: String) -> String {
        switch method {
        case "item/commandExecution/requestApproval", "item/fileChange/requestApproval":
            return line(["id": id, "result": ["decision": "decline"]])
        case "mcpServer/elicitation/request": return line(["id": id, "result": ["action": "decline"]])
        case "item/tool/requestUserInput": return line(["id": id, "result": ["answers": [:]]])
        default:
            // -32601 is JSON-RPC's “method not found”.
            return line(["id": id, "error": ["code": -32601, "message": "nobody is here to decide this"]])
        }
    }

    private static func input(_ words: String) -> JSONValue { [["type": "text", "text": .string(words)]] }

    private static func line(_ value: JSONValue) -> String { value.text() + "\n" }
}
