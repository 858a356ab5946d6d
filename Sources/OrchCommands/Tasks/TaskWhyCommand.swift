import Arguments
import JSON
import OrchAdapters
import OrchCore
import OrchEngine

/// `orch task why`: why a task runs or does not, by the rules that decide it.
enum TaskWhyCommand: Subcommand {
    /// Of one project; each is explained by rules that look at all others.
    private static let limit = 100

    static let table = CommandTable("why", "Say why a task is not running, and what to do about it") {
        Positional(
            "id", "The task; without one, all that are open and do not run", .optional, .asked("tasks"))
        Flag("global", short: "g", "Without an ID: of all projects")
    }
    .discussion(
        """
        Answered from what is known here, by the same rules that a tick decides by; nobody is asked over the network.
        """
    )
    .example("orch task why", "What waits here, and for what.")

    static func run(_ context: Context) throws -> Int32 {
        guard let id = context.arguments.value("id") else { return try explainAll(context) }
        let (project, task) = try context.task(id)
        let explanation = try Explainer(project, context).explain(task)
        if context.wantsJSON {
            context.print(json(explanation, of: task, in: project))
        } else {
            Console.out(lines(explanation, of: task, context.terminal).joined(separator: "\n"))
        }
        return 0
    }

    private static func explainAll(_ context: Context) throws -> Int32 {
        let projects = try context.listedProjects(isGlobal: context.arguments.flag("global"))
        var waiting: [(project: Project, task: AgentTask, explanation: Explanation)] = []
        for project in projects {
            let explainer = try Explainer(project, context)
            waiting += explainer.idle.prefix(limit).map { (project, $0, explainer.explain($0)) }
            if explainer.idle.count > limit {
                Console.err("… and \(explainer.idle.count - limit) more tasks of \(project.name)")
            }
        }
        if context.wantsJSON {
            context.print(.array(waiting.map { json($0.explanation, of: $0.task, in: $0.project) }))
        } else if waiting.isEmpty {
            Console.err("Nothing waits.")
        } else {
            let parts = waiting.map { lines($0.explanation, of: $0.task, context.terminal) }
            Console.out(parts.joined(separator: [""]).joined(separator: "\n"))
        }
        return 0
    }

    /// Explains the tasks of one project, by one look at it.
    private struct Explainer {
        private let picture: Snapshot
        private let isInstalled: (AgentName) -> Bool
        /// What is open and does not run.
        let idle: [AgentTask]

        init(_ project: Project, _ context: Context) throws {
            let picture = try context.steering(of: project).picture()
            let catalog = try context.live().catalog(of: project)
            self.picture = picture
            isInstalled = { catalog.program(of: $0) != nil }
            let live = Set(picture.runs.filter(\.state.isLive).map(\.task))
            idle = try context.store().openTasks(of: project.id).filter { !live.contains($0.key) }
        }

        func explain(_ task: AgentTask) -> Explanation {
            let explanation = Explaining.explain(task, in: picture, isInstalled: isInstalled)
            // A log that cannot be read has no word of its host's.
            guard let run = picture.runs.first(where: { $0.task == task.key && $0.state.isLive }),
                let notice = try? notice(of: run)
            else { return explanation }
            return explanation.adding(notice)
        }
    }

    /// What the host said last, where that was a word of its own: it waits for a network, for example.
    static func notice(of run: Run) throws -> String? {
        let path = RunLogReader.path(of: run)
        var tail = EventTail(path: path, from: try EventTail.start(ofLast: 1, in: path))
        guard let last = try tail.next().last, case .notice(let text)? = RecordedEvent(line: last.text)?.event
        else { return nil }
        return text
    }

    static func lines(_ explanation: Explanation, of task: AgentTask, _ terminal: TerminalStyle) -> [String] {
        let verb = explanation.isRunning ? terminal.green("runs") : terminal.yellow("is not running")
        return ["task \(task.key.id) \(verb):"]
            + explanation.reasons.map { "  \($0.onOneLine)" } + ["  \(terminal.dim("→")) \(explanation.next)"]
    }

    static func json(_ explanation: Explanation, of task: AgentTask, in project: Project) -> JSONValue {
        .object([
            "id": .string(task.key.id), "project": .string(project.name),
            "status": .string(task.status.rawValue),
            "running": .bool(explanation.isRunning),
            "reasons": .array(explanation.reasons.map { .string($0) }), "next": .string(explanation.next),
        ])
    }
}
