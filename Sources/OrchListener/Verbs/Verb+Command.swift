import OrchCore
package import Subprocess

extension Verb {
    /// How the verb is spelled for `orch`. What people wrote goes by standard input, never as an argument:
    /// arguments are seen by everybody on the machine, and could be taken for options.
    package struct Spelling: Equatable, Sendable {
        package var arguments: [String]
        package var input = Command.Input.none
    }

    package var spelling: Spelling {
        switch self {
        case .new(let task): new(task)
        case .list(let project): over(project, "task", "list")
        case .status(let project): over(project, "task", "status")
        case .show(let task): one(task, "task", "get")
        case .why(let task): one(task, "task", "why")
        case .say(let task, let words): said(words, to: task)
        case .retry(let task): one(task, "task", "retry")
        case .unblock(let task): one(task, "task", "unblock")
        case .assign(let task, let agent): assigned(task, to: agent.rawValue)
        case .kill(let task): one(task, "task", "kill")
        case .approve(let task): one(task, "task", "approve")
        case .merge(let task): one(task, "task", "merge")
        case .pause(let project): Spelling(arguments: ["pause", "--json"] + Self.option(project))
        case .resume(let project): Spelling(arguments: ["resume", "--json"] + Self.option(project))
        case .waiting(let project): over(project, "task", "why")
        case .cost(let project): over(project, "cost")
        case .jobs(let project):
            Spelling(arguments: ["job", "list", "--json"] + Self.option(project))
        }
    }

    private func new(_ task: NewTask) -> Spelling {
        var arguments = ["task", "add", "--json"] + Self.option(task.project)
        if let agent = task.agent { arguments.append("--agent=\(agent)") }
        return Spelling(arguments: arguments + ["-"], input: .text("\(task.title)\n\(task.body)"))
    }

    private func one(_ task: TaskReference, _ words: String...) -> Spelling {
        Spelling(arguments: words + ["--json"] + Self.option(task.project) + [task.id])
    }

    private func assigned(_ task: TaskReference, to agent: String) -> Spelling {
        var spelling = one(task, "task", "assign")
        spelling.arguments.append(agent)
        return spelling
    }

    private func said(_ words: String, to task: TaskReference) -> Spelling {
        var spelling = one(task, "task", "say")
        spelling.arguments.append("-")
        spelling.input = .text(words)
        return spelling
    }

    /// Of one project, else of all.
    private func over(_ project: ProjectTag?, _ words: String...) -> Spelling {
        Spelling(arguments: words + ["--json"] + (project == nil ? ["--global"] : Self.option(project)))
    }

    private static func option(_ project: ProjectTag?) -> [String] {
        project.map { ["--project=\($0)"] } ?? []
    }
}
