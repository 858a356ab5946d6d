import Arguments
import JSON
import OrchCore
import OrchEngine

/// `orch task stream`: what an agent says and does.
enum TaskStreamCommand: Subcommand {
    static let table = CommandTable("stream", "Show what the agent says and does", aliases: ["logs"]) {
        Positional("id", "The task", .required, .asked("tasks"))
        Flag("follow", short: "f", "Stay until the run has ended; what a live run is shown with anyway")
            .negatable()
        Flag("from-start", "All of it, rather than the last \(EventTail.lines) lines")
    }
    .discussion(
        """
        Shows the newest run of the task, live or over. With --json the lines are those of the run's events.ndjson.
        """
    )

    static func run(_ context: Context) throws -> Int32 {
        let (project, task) = try context.task(context.arguments.required("id"))
        let store = try context.store()
        guard let run = try store.runs(of: task.key, limit: 1).first else {
            throw StreamError(id: task.key.id)
        }
        let follows = context.arguments.setting("follow") ?? run.state.isLive
        if !context.wantsJSON { Console.err(heading(of: run)) }
        var tail = EventTail(path: "\(run.directory)/events.ndjson")
        tail.keepsOnlyLast = !context.arguments.flag("from-start")
        let watch = RunWatch(store: store, hosts: try context.live().ports().hosts, run: run.id)
        try watch.stream(&tail, follows: follows) { show($0, context) }
        try conclude(run.id, of: project, store, context)
        return 0
    }

    private static func show(_ line: String, _ context: Context) {
        if context.wantsJSON { return Console.out(Printable.text(line)) }
        guard let event = RecordedEvent(line: line), !event.text.isEmpty else { return }
        Console.out(event.text)
    }

    private static func heading(of run: Run) -> String {
        "— run \(run.id.rawValue), attempt \(run.attempt) by \(run.agent), since \(run.startedAt.iso8601) —"
    }

    private static func conclude(_ id: Run.ID, of project: Project, _ store: any Store, _ context: Context)
        throws
    {
        guard let run = try store.run(id) else { return }
        if context.wantsJSON { return }
        let line = RunLine(run: run, now: Live.now())
        Console.err("— \(line.head(context.terminal))\(line.message.isEmpty ? "" : ": \(line.message)") —")
    }
}

struct StreamError: Explained {
    let id: String
    var problem: String { "task \(id) has never run" }
    var fix: String { "`orch task why \(id)` says why" }
}
