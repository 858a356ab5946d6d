import Arguments
import OrchAdapters
import OrchCore
import OrchEngine
import Platform
import Subprocess

/// `orch task attach`: a person's terminal in the session of a task's run.
enum TaskAttachCommand: Subcommand {
    static let table = CommandTable("attach", "Look on while an agent works, and type to it") {
        Positional("id", "The task", .required, .asked("tasks"))
        Flag("print", "Only print the command that attaches")
    }
    .discussion(
        "Ctrl-B D leaves the session, and the agent goes on. A line that is typed there reaches the agent.")

    static let answersInJSON = false

    static func run(_ context: Context) throws -> Int32 {
        let (project, task) = try context.task(context.arguments.required("id"))
        let run = try context.steering(of: project).liveRun(of: task)
        let command = try attachCommand(of: run, in: project, context)
        if context.arguments.flag("print") {
            Console.out(command.map(ShellQuoting.quoted).joined(separator: " "))
            return 0
        }
        guard Terminal.isTerminal(0), context.terminal.isTerminal else {
            throw AttachError.noTerminal(task.key.id)
        }
        Console.err("Attaching to run \(run.id.rawValue) (leave with Ctrl-B D) …")
        try ProgramImage.become(command, environment: environment(context))
    }

    private static func attachCommand(
        of run: Run, in project: Project, _ context: Context
    ) throws -> [String] {
        let name = project.sessionName(for: run.task)
        let sessions = try LiveHosts(home: context.home, environment: context.environment)
            .sessions(for: project)
        guard try sessions.live().contains(name) else {
            throw run.session == nil && run.host != nil
                ? AttachError.inForeground(run.task.id, pid: run.host?.pid ?? 0)
                : AttachError.sessionGone(run.task.id, run.id.rawValue)
        }
        return sessions.attachCommand(name)
    }

    /// tmux refuses to attach from within a session, though orch's server is another one; without this it
    /// does not know.
    private static func environment(_ context: Context) -> [String: String] {
        context.environment.filter { $0.key != "TMUX" && $0.key != "TMUX_PANE" }
    }
}

enum AttachError: Explained {
    case noTerminal(String)
    /// The run's host is `orch task run` in somebody's terminal.
    case inForeground(String, pid: Int32)
    case sessionGone(String, Int)

    var problem: String {
        switch self {
        case .noTerminal: "there is no terminal to attach"
        case .inForeground(let id, let pid):
            "task \(id) runs in the foreground of another terminal (process \(pid))"
        case .sessionGone(_, let run): "the session of run \(run) is not there"
        }
    }

    var fix: String {
        switch self {
        case .noTerminal(let id), .inForeground(let id, _): "`orch task stream \(id)` shows what happens"
        case .sessionGone(let id, _): "`orch task why \(id)` says what becomes of it"
        }
    }
}
