import OrchAdapters
import OrchCore
import Platform
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The agent that a conversation is with.
struct ChatAgent {
    private let adapter: any AgentAdapter
    private let model: String?
    private let project: Project
    private let environment: [String: String]
    private let folder: String

    /// A plan may need a look at the whole repository; longer than this nobody waits at a prompt.
    private static let turnLimit: Duration = .seconds(600)

    /// `CHAT_AGENT` and `CHAT_MODEL`, else the router's, else claude.
    ///
    /// - Parameter folder: exists, and is this conversation's own.
    init(of project: Project, _ context: Context, folder: String) throws {
        let environment = context.environment
        let word = environment["CHAT_AGENT"].flatMap { $0.isEmpty ? nil : $0 }
        let catalog = try context.live().catalog(of: project)
        let name =
            try word.map { try TaskRouteCommand.named($0, among: catalog.names) }
            ?? project.settings.router.agent ?? .claude
        guard let adapter = catalog.adapter(for: name), catalog.program(of: name) != nil else {
            throw ChatError.notInstalled(name)
        }
        self.adapter = adapter
        let given = environment["CHAT_MODEL"].flatMap { $0.isEmpty ? nil : $0 }
        model = given ?? project.settings.router.model
        self.project = project
        self.environment = environment
        self.folder = folder
    }

    /// One answer. Ctrl-C ends the agent, not the conversation.
    ///
    /// - Parameter timeout: of a turn, unless given.
    func ask(_ question: String, timeout: Duration = turnLimit) throws -> String {
        let settings = project.settings.agents[adapter.name] ?? AgentSettings()
        let question = AgentQuestion(
            question, to: adapter, model: model,
            in: .init(directory: project.directory, folder: folder), settings: settings)
        for file in question.files {
            try AtomicFile.write(Array(file.content.utf8), to: file.path, mode: 0o600)
        }
        let variables = AgentEnvironment.variables(
            from: environment, adapter: adapter, settings: settings, emptyConfig: folder)
        let command = question.command(environment: variables, timeout: timeout)
        let signals = try SignalPipe([SIGINT, SIGTERM])
        let output = try command.run(cancelledBy: signals.descriptor)
        if output.exit == .cancelled { throw ChatError.interrupted }
        return try question.answer(in: output, now: Live.now())
    }
}

enum ChatError: Error, Explained {
    case notInstalled(AgentName)
    case interrupted

    var problem: String {
        switch self {
        case .notInstalled(let name): "\(name) is not installed here"
        case .interrupted: "the question was taken back"
        }
    }

    var fix: String {
        switch self {
        case .notInstalled: "install it, or name another: `CHAT_AGENT=codex orch chat`; see `orch agents`"
        case .interrupted: "ask again, or press Ctrl-D to leave"
        }
    }
}
