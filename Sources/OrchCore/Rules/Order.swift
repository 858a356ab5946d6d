/// A slash command that makes sense.
package enum Order: Equatable, Sendable {
    case retry
    case assign(AgentName)
    case unblock
    case context(String)
    case close
    case priority(Complexity)
    case help
    case reroute
    case block(reason: String)
    case review
    case pause
    case resume

    package struct Mistake: Explained, Equatable {
        package let problem: String
        package let fix: String

        package init(problem: String, fix: String) {
            self.problem = problem
            self.fix = fix
        }
    }

    /// - Parameter agents: that may be assigned.
    package init(_ command: SlashCommand, agents: [AgentName]) throws(Mistake) {
        switch command.name {
        case "retry": self = .retry
        case "assign":
            guard let agent = AgentName(command.choice), agents.contains(agent) else {
                let names = agents.map { "`\($0)`" }.joined(separator: ", ")
                throw Mistake(
                    problem: "invalid agent for `/assign`: `\(command.choice)`", fix: "there are \(names)")
            }
            self = .assign(agent)
        case "unblock": self = .unblock
        case "context":
            if command.words.isEmpty {
                throw Mistake(
                    problem: "missing text for `/context`",
                    fix: "`/context TEXT`, or put the text on the lines below")
            }
            self = .context(command.words)
        case "close": self = .close
        case "priority":
            guard let level = Self.levels[command.choice] else {
                throw Mistake(
                    problem: "invalid value for `/priority`: `\(command.choice)`",
                    fix: "there are `low`, `medium`, `high`")
            }
            self = .priority(level)
        case "help": self = .help
        case "reroute": self = .reroute
        case "block": self = .block(reason: command.words.firstLine)
        case "review": self = .review
        case "pause": self = .pause
        case "resume": self = .resume
        default:
            throw Mistake(
                problem: "unknown command: `/\(command.name)`", fix: "`/help` lists the commands")
        }
    }

    private static let levels: [String: Complexity] = [
        "low": .simple, "simple": .simple, "med": .medium, "medium": .medium, "high": .complex,
        "complex": .complex,
    ]

    package static func help(agents: [AgentName]) -> String {
        let names = agents.isEmpty ? "AGENT" : agents.map(\.rawValue).joined(separator: "|")
        return """
            Supported commands:

            - `/retry`: from the start, by whichever agent's turn it is
            - `/assign \(names)`: by this agent
            - `/reroute`: by another choice of agent
            - `/unblock`: the same agent goes on
            - `/context <text>`: the agent is told this from now on, and goes on
            - `/priority low|medium|high`: how hard it is, which picks the model
            - `/block [reason]`: nobody works on it
            - `/pause`, `/resume`
            - `/review`: its pull request is reviewed once more
            - `/close`: it is done
            - `/help`
            """
    }
}
