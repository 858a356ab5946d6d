/// What a person reads about a failed agent: one sentence that says what happened and what to do.
package enum FailureText {
    /// The agent's own words are cut to this.
    private static let saidLimitBytes = 300

    /// - Parameter said: the agent's or the host's own sentence; empty where there is none.
    package static func sentence(for failure: AgentFailure, agent: AgentName, said: String) -> String {
        let text = plain(failure, agent: agent)
        guard !said.isEmpty, !text.contains(said) else { return text }
        return "\(text): \(said.clipped(toBytes: saidLimitBytes))"
    }

    private static func plain(_ failure: AgentFailure, agent: AgentName) -> String {
        switch failure {
        case .programMissing(let name):
            "program “\(name)” is not on PATH: install it, or choose another agent"
        case .authentication: "\(agent) is not logged in: log in, then `orch task retry ID`"
        case .usageLimit(let resetsAt):
            "\(agent) hit a usage limit" + (resetsAt.map { ", which ends at \($0.iso8601)" } ?? "")
        case .modelUnavailable(let model):
            model.isEmpty
                ? "the model is not available to \(agent) (see `model_map`)"
                : "model “\(model)” is not available to \(agent) (see `model_map`)"
        case .contextOverflow: "the conversation no longer fits the model"
        case .interactivePrompt:
            "\(agent) is stuck waiting for interactive approval (passphrase, log-in, confirmation): set it up for "
                + "work without a person"
        case .timeOut: "agent timed out (exit 124)"
        case .silence: "the agent fell silent"
        case .tokenLimit: "the agent reached its token limit"
        case .costLimit: "the agent reached its cost limit"
        case .toolMissing(let tool): "env/tooling failure: missing \(tool)"
        case .invalidAnswer: "agent response invalid YAML/JSON"
        case .stopped: "stopped by a person"
        case .notStarted: "\(agent) was not started"
        case .repository: "the repository does not let the work go on"
        case .lost: "the agent or its host was killed"
        case .exited(let status): "agent command failed (exit \(status))"
        case .reported: "\(agent) reported an error"
        }
    }
}
