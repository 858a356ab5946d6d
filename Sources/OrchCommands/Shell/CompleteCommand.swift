import Arguments
import OrchAdapters
import OrchCore

/// `orch __complete KIND`: what the completion scripts ask for while somebody types.
enum CompleteCommand: Subcommand {
    static let table = CommandTable("__complete", "Print candidates for a value, one a line") {
        Positional("kind", "What is asked for")
    }
    .hidden()

    /// A menu of more helps nobody.
    private static let limit = 500

    /// The kinds that tables ask for; a test holds the two together.
    enum Kind: String, CaseIterable {
        case tasks, agents, projects, statuses, jobs
        case configKeys = "config-keys"
    }

    static let answersInJSON = false

    /// What cannot be found is not offered, and nothing is said of it: somebody is typing.
    static func run(_ context: Context) throws -> Int32 {
        guard let kind = Kind(rawValue: context.arguments.required("kind")) else { return 0 }
        let candidates = (try? candidates(kind, context)) ?? []
        for (word, meaning) in candidates.prefix(limit) {
            Console.out(meaning.isEmpty ? word : "\(word)\t\(meaning.onOneLine)")
        }
        return 0
    }

    private static func candidates(_ kind: Kind, _ context: Context) throws -> [(
        word: String, meaning: String
    )] {
        switch kind {
        case .statuses: TaskStatus.allCases.map { ($0.rawValue, "") }
        case .configKeys: configKeys(agents: agents(context).map(\.word))
        case .projects: context.loadedProjects().projects.map { ($0.name, $0.directory) }
        case .agents: agents(context)
        case .jobs: try context.jobs().map { ($0.id, $0.schedule) }
        case .tasks: try tasks(context)
        }
    }

    private static func agents(_ context: Context) -> [(word: String, meaning: String)] {
        // A configuration that cannot be used may name more of them; its keys are wanted all the same.
        guard let project = try? context.listedProjects(isGlobal: false).first,
            let catalog = try? context.live().catalog(of: project)
        else { return AgentCatalog.builtIn.map { ($0.rawValue, "") } }
        return catalog.names.map { ($0.rawValue, catalog.program(of: $0) == nil ? "not installed" : "") }
    }

    static func configKeys(agents: [String]) -> [(word: String, meaning: String)] {
        ConfigTable.keys.flatMap { key in key.paths(agents: agents).map { ($0, key.summary) } }
    }

    private static func tasks(_ context: Context) throws -> [(word: String, meaning: String)] {
        let store = try context.store()
        return try context.listedProjects(isGlobal: false)
            .flatMap { try store.openTasks(of: $0.id) }
            .map { ($0.key.id, "\($0.status.rawValue): \($0.title)") }
    }
}
