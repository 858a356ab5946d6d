import Arguments
import JSON
import OrchAdapters
import OrchCore
import OrchEngine

/// `orch task stream`: what an agent says and does.
enum TaskStreamCommand: Subcommand {
    /// What is shown of what came before.
    private static let lines = 200

    static let table = CommandTable("stream", "Show what the agent says and does", aliases: ["logs"]) {
        Positional("id", "The task", .required, .asked("tasks"))
        Flag("follow", short: "f", "Stay until the run has ended; what a live run is shown with anyway")
            .negatable()
        Flag("from-start", "All of it, rather than the last \(lines) lines")
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
        let live = try context.live()
        let start = context.arguments.flag("from-start") ? 0 : try RunLogReader.start(ofLast: lines, of: run)
        var reader = RunLogReader(run, from: start, redaction: live.redaction(for: project))
        let watch = RunWatch(store: store, hosts: try live.ports().hosts, run: run.id)
        try watch.stream(&reader, follows: follows) { show($0, context) }
        try conclude(run.id, of: project, store, context)
        return 0
    }

    private static func show(_ event: ShownEvent, _ context: Context) {
        if context.wantsJSON {
            Console.out(JSONValue.object(event.fields).text())
        } else if !event.text.isEmpty {
            Console.out(event.text)
        }
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
