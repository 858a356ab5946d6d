import JSON
import OrchCore
import Platform

@testable import OrchAdapters

/// Recorded streams, and how they are played to a conversation.
enum AgentFixture {
    static let folder =
        "\(#filePath)".split(separator: "/").dropLast(3)
        .map { "/\($0)" }.joined() + "/Fixtures/agents"

    /// The lines of a recorded stream; a pretty-printed result is one line.
    static func lines(_ name: String) throws -> [String] {
        let bytes = try WholeFile.read("\(folder)/\(name)", limitBytes: 1 << 20)
        if name.hasSuffix(".json") { return [try JSONValue(parsing: bytes).text()] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    static func request(_ agent: AgentName = .claude, change: (inout AgentRequest) -> Void = { _ in })
        -> AgentRequest
    {
        var request = AgentRequest(
            agent: agent, model: nil, systemPrompt: "SYSTEM WORDS", message: "TASK WORDS",
            settings: AgentSettings(),
            places: .init(
                worktree: "/home/user/trees/one", mainDirectory: "/home/user/main",
                attemptDirectory: "/home/user/attempt",
                answerPath: "/home/user/trees/one/.orchestrator/output-1.json"))
        request.taskID = "1"
        change(&request)
        return request
    }

    static func adapter(forFixture name: String) -> any AgentAdapter {
        if name.hasPrefix("claude") { return ClaudeAdapter(zone: .utc) }
        if name.hasPrefix("opencode") { return OpenCodeAdapter(zone: .utc) }
        return CodexAdapter(hasAppServer: name.hasPrefix("codex_server"), zone: .utc)
    }

    /// A conversation that has heard a whole stream.
    static func conversation(_ name: String) throws -> any AgentConversation {
        var conversation = adapter(forFixture: name).conversation(request())
        _ = conversation.begin()
        for line in try lines(name) { _ = conversation.receive(line: line) }
        return conversation
    }

    /// What it tells of a whole stream.
    static func events(_ name: String) throws -> [AgentEvent] {
        var conversation = adapter(forFixture: name).conversation(request())
        return try (conversation.begin() + lines(name).flatMap { conversation.receive(line: $0) }).events
    }

    /// Monday 2026-11-23 12:00 UTC.
    static let now = Timestamp(seconds: 1_795_435_200)

    static func report(_ name: String, exit: Int32? = 0, errorTail: String = "") throws -> AgentReport {
        try conversation(name).report(exit: exit, errorTail: errorTail, now: now)
    }
}

extension AgentConversation {
    /// The effects of several lines.
    mutating func hear(_ lines: String...) -> [AgentEffect] {
        var effects: [AgentEffect] = []
        for line in lines { effects += receive(line: line) }
        return effects
    }
}

extension [AgentEffect] {
    /// What is written to the agent, parsed.
    var written: [JSONValue] {
        compactMap { effect in
            guard case .write(let text) = effect else { return nil }
            return try? JSONValue(parsing: text)
        }
    }

    var events: [AgentEvent] {
        compactMap { effect in
            guard case .event(let event) = effect else { return nil }
            return event
        }
    }
}

extension [AgentEvent] {
    /// The tools: `Bash false`, and `✗ Bash` where one failed.
    var tools: [String] {
        compactMap { event in
            switch event {
            case .tool(let name, let detail): "\(name) \(detail)"
            case .toolFailed(let name, _): "✗ \(name)"
            default: nil
            }
        }
    }
}
