import Arguments
import JSON
import OrchAdapters
import OrchCore

/// `orch notices`: what people were to hear of, lately.
enum NoticesCommand: Subcommand {
    static let table = CommandTable("notices", "What happened that you may want to know", group: "Working") {
        Option("level", "LEVEL", "This level and what is above it", .oneOf(levels))
        Option("limit", short: "n", "COUNT", "The newest so many (20)", .integer(1...10_000))
        Option("test", "SINK", "Tell one to this sink of `notify:` now, to see whether it arrives")
    }
    .discussion(
        """
        Runs that begin and end, pull requests, reviews, tasks and jobs that need a person, agents at their limit, webhooks that \
        do not arrive. The same goes to the sinks that are configured under `notify:`: the desktop, a chat, a program of \
        yours, each by level and kind, with quiet hours and digests. A sink is told once.
        """
    )
    .example("orch notices --level attention", "What needs a person.")
    .example("orch notices --test desktop", "Whether the desktop shows it.")

    private static let levels = Notice.Level.allCases.map(\.rawValue)

    static func run(_ context: Context) throws -> Int32 {
        if let name = context.arguments.value("test") { return try test(name, context) }
        let isForOne = context.arguments.value("project") != nil
        let level = context.arguments.value("level").flatMap(Notice.Level.init(rawValue:)) ?? .info
        let limit = context.arguments.integer("limit") ?? 20
        let found = try context.store().notices(
            of: isForOne ? try context.project().id : nil, from: level, limit: limit)
        if context.wantsJSON {
            context.print(.array(found.map { NoticeProgram.image(of: $0.notice, id: $0.id) }))
        } else if found.isEmpty {
            Console.out("Nothing yet.")
        } else {
            Console.out(lines(found, context.terminal).joined(separator: "\n"))
        }
        return 0
    }

    /// Oldest first, as they happened.
    static func lines(_ notices: [RecordedNotice], _ terminal: TerminalStyle) -> [String] {
        var table = TextTable(["AT", "LEVEL", "WHAT"])
        for recorded in notices.reversed() {
            let notice = recorded.notice
            let look: TextTable.Look =
                switch notice.level {
                case .info: .plain
                case .attention: .yellow
                case .alarm: .red
                }
            table.add([
                .init(notice.at.iso8601, .dim), .init(notice.level.rawValue, look),
                .init(notice.url.isEmpty ? notice.text : "\(notice.text) \(notice.url)"),
            ])
        }
        return table.lines(terminal)
    }

    // Trying a sink

    private static func test(_ name: String, _ context: Context) throws -> Int32 {
        let sinks = context.loadedProjects().common.notify
        guard let sink = sinks[name] else {
            let known = sinks.keys.sorted().joined(separator: ", ")
            throw UsageError(
                problem: "there is no `notify.\(name)`",
                fix: known.isEmpty ? "configure it, see config.example.yml" : "there are: \(known)")
        }
        guard let teller = sink.teller(named: name) else {
            throw UsageError(
                problem: "`notify.\(name)` has no way to tell anything",
                fix: "give it a `command`, or a `place` where it is a chat")
        }
        let store = try context.store()
        let now = Live.now()
        let notice = Notice(
            .runStarted, key: "test:\(name):\(now.seconds)", text: "This is a test, by \(context.actor).",
            at: now)
        try store.add(notice, to: [name])
        guard case .listener = teller else {
            let sending = NoticeSending(store: store, sinks: sinks, environment: context.environment)
            let waiting = try store.waitingNotices(for: name, limit: 10_000)
                .filter { $0.notice.key == notice.key }
            if let problem = try sending.tell(waiting, by: sink, named: name) {
                throw CommandFailure(
                    problem: problem, fix: "mend `notify.\(name)`; ticks try this one again")
            }
            Console.out("Told \(name).")
            return 0
        }
        Console.out("`orch listen` tells \(name) within seconds, where it runs.")
        return 0
    }
}
