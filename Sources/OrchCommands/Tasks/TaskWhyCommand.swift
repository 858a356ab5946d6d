import Arguments
import JSON
import OrchAdapters
import OrchCore
import OrchEngine

/// `orch task why`: why a task runs or does not, by the rules that decide it.
enum TaskWhyCommand: Subcommand {
    static let table = CommandTable("why", "Say why a task is not running, and what to do about it") {
        Positional("id", "The task", .required, .asked("tasks"))
    }
    .discussion(
        """
        Answered from what is known here, by the same rules that a tick decides by; nobody is asked over the network.
        """
    )

    static func run(_ context: Context) throws -> Int32 {
        let (project, task) = try context.task(context.arguments.required("id"))
        let picture = try context.steering(of: project).picture()
        let catalog = try context.live().catalog(of: project)
        var explanation = Explaining.explain(task, in: picture) { catalog.program(of: $0) != nil }
        if let run = picture.runs.first(where: { $0.task == task.key && $0.state.isLive }),
            let notice = try notice(of: run)
        {
            explanation = explanation.adding(notice)
        }
        if context.wantsJSON {
            context.print(json(explanation, of: task))
        } else {
            Console.out(lines(explanation, of: task, context.terminal).joined(separator: "\n"))
        }
        return 0
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

    static func json(_ explanation: Explanation, of task: AgentTask) -> JSONValue {
        .object([
            "id": .string(task.key.id), "status": .string(task.status.rawValue),
            "running": .bool(explanation.isRunning),
            "reasons": .array(explanation.reasons.map { .string($0) }), "next": .string(explanation.next),
        ])
    }
}
