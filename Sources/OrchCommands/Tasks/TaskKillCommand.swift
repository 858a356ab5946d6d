import Arguments
import JSON
import OrchCore
import OrchEngine
import Platform

/// `orch task kill`: the end of a task's run.
enum TaskKillCommand: Subcommand {
    static let table = CommandTable("kill", "End the run of a task", aliases: ["stop"]) {
        Positional("id", "The task", .required, .asked("tasks"))
        Flag("wait", short: "w", "Stay until it has ended")
    }
    .discussion(
        """
        The agent and everything that it started are ended; what it has done stays in the worktree. The task waits for \
        a person then: `orch task retry` starts it anew.
        """
    )

    /// How often a waiting kill looks.
    private static let pulse: Duration = .milliseconds(100)
    /// An agent gets seconds from TERM to KILL, and its result is then still published.
    private static let waitLimit: Duration = .seconds(600)

    static func run(_ context: Context) throws -> Int32 {
        let (project, task) = try context.task(context.arguments.required("id"))
        let steering = try context.steering(of: project)
        let run = try steering.stop(task)
        guard context.arguments.flag("wait") else {
            show(run, status: nil, context)
            return 0
        }
        Console.err("Waiting for run \(run.id.rawValue) to end …")
        guard try hasEnded(run, context) else {
            throw TimeoutError(
                problem: "run \(run.id.rawValue) has not ended after \(waitLimit.brief)",
                fix: "`orch task why \(task.key.id)` says what it does")
        }
        show(run, status: try steering.collect(run)?.status, context)
        return 0
    }

    private static func hasEnded(_ run: Run, _ context: Context) throws -> Bool {
        let store = try context.store()
        let deadline = MonotonicTime.now() + waitLimit
        while MonotonicTime.now() < deadline {
            if try store.run(run.id)?.state.isLive != true { return true }
            Pausing.pause(pulse)
        }
        return false
    }

    /// - Parameter status: of the task, once the run has ended.
    private static func show(_ run: Run, status: TaskStatus?, _ context: Context) {
        let id = run.task.id
        if context.wantsJSON {
            return context.print(
                .object([
                    "id": .string(id), "run": TaskImage.number(run.id.rawValue),
                    "ended": .bool(status != nil),
                    "status": TaskImage.text(status?.rawValue),
                ]))
        }
        guard let status else {
            return Console.out("Run \(run.id.rawValue) has been asked to end")
        }
        Console.out("Run \(run.id.rawValue) has ended; task \(id) is `\(status.rawValue)`")
    }
}

/// Something took longer than it may.
struct TimeoutError: Explained {
    let problem: String
    let fix: String
}
