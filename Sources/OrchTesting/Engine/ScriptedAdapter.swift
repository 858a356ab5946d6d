package import OrchCore

/// An agent whose lines are words: `text WORDS`, `session ID`, `usage IN OUT MICRODOLLARS`, `ask WORDS` (it
/// wants something written back), `final TEXT`, `fail KIND`, `done` (its input may be closed).
package struct ScriptedAdapter: AgentAdapter {
    package let name: AgentName
    /// Whether words reach the agent while it runs; otherwise it is resumed with them.
    package let takesWords: Bool
    package var countsWholeSession = false
    package var tellsCost = true
    package var program: String { name.rawValue }
    package var credentialVariables: [String] { [] }

    package init(_ name: AgentName, takesWords: Bool = true) {
        self.name = name
        self.takesWords = takesWords
    }

    package func launch(_ request: AgentRequest) -> AgentLaunch {
        var launch = AgentLaunch(
            program: program, arguments: request.resuming.map { ["--resume", $0] } ?? [])
        launch.input = .conversation
        return launch
    }

    package func conversation(_ request: AgentRequest) -> any AgentConversation {
        ScriptedConversation(message: request.message, takesWords: takesWords)
    }
}

struct ScriptedConversation: AgentConversation {
    let message: String
    let takesWords: Bool
    private var told = AgentReport()
    private var isFinished = false

    init(message: String, takesWords: Bool) {
        self.message = message
        self.takesWords = takesWords
    }

    mutating func begin() -> [AgentEffect] { [.write("prompt: \(message)\n")] }

    mutating func say(_ words: String) -> [AgentEffect] {
        takesWords && !isFinished ? [.write("words: \(words)\n")] : [.resume(words: words)]
    }

    mutating func receive(line: String) -> [AgentEffect] {
        let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
        let rest = parts.count > 1 ? parts[1] : ""
        switch parts.first {
        case "text": return [.event(.text(rest))]
        case "session":
            told.session = rest
            return [.event(.session(rest)), .event(.model("model-1"))]
        case "usage":
            let numbers = rest.split(separator: " ").compactMap { Int($0) }
            told.usage = Usage(
                inputTokens: numbers[0], outputTokens: numbers[1],
                costMicroDollars: numbers.count > 2 ? numbers[2] : nil)
            return [.event(.usage(told.usage))]
        case "ask": return [.event(.notice(rest)), .write("answer to \(rest)\n"), .event(.text("asked"))]
        case "final":
            told.finalText = rest
            return []
        case "fail":
            told.failure = Self.failures[rest]
            told.message = "it says \(rest)"
            return [.event(.problem(rest))]
        case "done":
            isFinished = true
            return [.event(.notice("done")), .finish]
        default: return [.event(.notice(line))]
        }
    }

    static let failures: [String: AgentFailure] = [
        "usage_limit": .usageLimit(resetsAt: Timestamp(seconds: 1_800_010_000)),
        "authentication": .authentication, "context_overflow": .contextOverflow,
        "interactive_prompt": .interactivePrompt, "model_unavailable": .modelUnavailable("m"),
        "tool_missing": .toolMissing("cargo"), "reported": .reported,
    ]

    func report(exit: Int32?, errorTail: String, now: Timestamp) -> AgentReport {
        var report = told
        report.model = "model-1"
        if report.failure == nil, report.finalText == nil, exit != 0 {
            report.failure = exit.map { .exited($0) } ?? .lost
        }
        return report
    }
}
