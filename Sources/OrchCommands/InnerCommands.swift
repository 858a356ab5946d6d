import OrchAdapters

/// The commands that orch and the scripts of v0 start it with; they are no part of the help.
enum InnerCommands {
    /// - Returns: nil where the words are no inner command.
    static func run(_ words: [String], environment: [String: String]) throws -> Int32? {
        switch words.first {
        case "run-host" where words.count >= 2: try RunHostCommand.run(words, environment: environment)
        case "keep-agent" where words.count >= 4 && words[2] == "--":
            try AgentWarden.run(directory: words[1], command: Array(words.dropFirst(3)))
        case NoticeSending.word: try NoticeSending.run(environment: environment)
        case "v0" where words.count >= 2:
            try V0Command.run(Array(words.dropFirst()), environment: environment)
        default: nil
        }
    }
}
