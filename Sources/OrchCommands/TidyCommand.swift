import Arguments
import OrchEngine

/// `orch tidy`: that phase of a sync, now.
enum TidyCommand: Subcommand {
    static let table = CommandTable("tidy", "Remove what finished tasks have left", group: "Running") {
        Flag("dry-run", "Print what would be done; remove nothing")
    }
    .discussion(
        """
        A worktree and its branch go when all of their work is on the remote or merged, squashed or not, nothing in the \
        worktree is uncommitted, and no process works there. Whatever cannot be proven stays, and is named with the \
        reason. Attempts, logs and the like go after `workflow.retention_days`. `orch sync` does the same by itself.
        """
    )
    .example("orch tidy --dry-run", "What would go, and what stays, and why.")

    static func run(_ context: Context) throws -> Int32 {
        try SyncCommand.sync(context, scope: .phases(["tidy"]))
    }
}
