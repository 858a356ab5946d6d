import Arguments
import JSON
import OrchCore
import OrchEngine

/// `orch task approve`: a person's word that it is good.
enum TaskApproveCommand: Subcommand {
    static let table = CommandTable("approve", "Say that what the agent did is good") {
        Positional("id", "The task", .required, .asked("tasks"))
    }
    .discussion(
        """
        An approving review on the task's pull request, as it stands now; `workflow.auto_merge` then merges it once \
        its checks are green, and `orch task merge` at once. A task without a pull request that waits for a person is \
        done with it.
        """
    )

    static func run(_ context: Context) throws -> Int32 {
        let (project, task) = try context.task(context.arguments.required("id"))
        let approved = try context.steering(of: project).approve(task)
        let url: String? = if case .pullRequest(let url) = approved { url } else { nil }
        if context.wantsJSON {
            context.print(
                .object([
                    "id": .string(task.key.id), "pull_request": TaskImage.text(url),
                    "status": TaskImage.text(try context.store().task(task.key)?.status.rawValue),
                ]))
        } else {
            Console.out(
                url.map { "Approved: \($0); `orch task merge \(task.key.id)` merges it" }
                    ?? "Task \(task.key.id) is done")
        }
        return 0
    }
}

/// `orch task merge`: what the agent did becomes part of the base branch.
enum TaskMergeCommand: Subcommand {
    static let table = CommandTable("merge", "Merge the pull request of a task") {
        Positional("id", "The task", .required, .asked("tasks"))
    }
    .discussion(
        """
        Exactly the commit that it has now, as `workflow.merge_strategy` says; the task is done with it.
        """
    )

    static func run(_ context: Context) throws -> Int32 {
        let (project, task) = try context.task(context.arguments.required("id"))
        let url = try context.steering(of: project).merge(task)
        if context.wantsJSON {
            context.print(
                .object([
                    "id": .string(task.key.id), "merged": true, "pull_request": .string(url),
                    "status": TaskImage.text(try context.store().task(task.key)?.status.rawValue),
                ]))
        } else {
            Console.out("Merged: \(url); task \(task.key.id) is done")
        }
        return 0
    }
}
