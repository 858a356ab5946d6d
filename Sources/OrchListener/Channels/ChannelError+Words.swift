import OrchCore

extension ChannelError: Explained {
    package var problem: String {
        switch self {
        case .offline(let detail): "the chat service cannot be reached: \(detail)"
        case .limited(let retryAfter, _): "the chat service asks to wait for \(retryAfter.brief)"
        case .conflict(let detail): "another program takes this bot's messages: \(detail)"
        case .refused(let detail): "the chat service refuses the message: \(detail)"
        case .unauthorized(let detail): "the chat service does not accept the token: \(detail)"
        case .broken(let detail): "the chat service answers what makes no sense: \(detail)"
        }
    }

    package var fix: String {
        switch self {
        case .offline, .limited, .broken: "nothing: it is tried again"
        case .conflict: "end the other program, or give each a bot of its own; it is tried again"
        case .refused: "see that the bot may write there"
        case .unauthorized: "give the bot's present token, then start `orch listen` anew"
        }
    }

    /// Whether the same call may succeed later.
    package var isPassing: Bool {
        switch self {
        case .offline, .limited, .conflict, .broken: true
        case .refused, .unauthorized: false
        }
    }
}
