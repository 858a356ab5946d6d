/// Why an agent gave no usable answer; each has its own way on (see `Rules/Collecting`).
package enum AgentFailure: Equatable, Sendable {
    /// The agent's own program is not on PATH.
    case programMissing(String)
    /// Not logged in, or the login has expired: poisons every task of this agent until a person acts.
    case authentication
    /// A usage or rate limit of the provider; the moment it ends, where the agent says it.
    case usageLimit(resetsAt: Timestamp?)
    /// The model does not exist, or this account may not use it.
    case modelUnavailable(String)
    /// The conversation no longer fits the model.
    case contextOverflow
    /// It waits for a person: an approval, a passphrase, a log-in in a browser.
    case interactivePrompt
    /// Longer than the time limit.
    case timeOut
    /// Said nothing for longer than the silence limit.
    case silence
    case tokenLimit
    case costLimit
    /// A program that the work needs is missing (`cargo: command not found`).
    case toolMissing(String)
    /// It ended well but its answer is no valid answer.
    case invalidAnswer
    /// A person stopped it.
    case stopped
    /// The agent was never started, for a reason that passes or that a person removes: the disk, v0's lock, a
    /// network that stays away.
    case notStarted
    /// The repository or its remote does not let the work begin or be kept.
    case repository
    /// The host or the machine died and nothing could be recovered.
    case lost
    /// It exited by itself with a status other than 0, or by a signal (128 + its number), and says no more.
    case exited(Int32)
    /// The agent reported an error of its own that fits none of the others.
    case reported

    /// One word for rows and JSON.
    package var word: String {
        switch self {
        case .programMissing: "program_missing"
        case .authentication: "authentication"
        case .usageLimit: "usage_limit"
        case .modelUnavailable: "model_unavailable"
        case .contextOverflow: "context_overflow"
        case .interactivePrompt: "interactive_prompt"
        case .timeOut: "time_out"
        case .silence: "silence"
        case .tokenLimit: "token_limit"
        case .costLimit: "cost_limit"
        case .toolMissing: "tool_missing"
        case .invalidAnswer: "invalid_answer"
        case .stopped: "stopped"
        case .notStarted: "not_started"
        case .repository: "repository"
        case .lost: "lost"
        case .exited: "exited"
        case .reported: "reported"
        }
    }
}
