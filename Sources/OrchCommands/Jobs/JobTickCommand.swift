import Arguments
import OrchEngine

/// `orch job tick`: the part of a tick that is about jobs, as v0's own.
enum JobTickCommand: Subcommand {
    static let table = CommandTable("tick", "Fire the jobs that are due, and nothing else") {
        Flag("dry-run", "Print what would be done; write nothing, send nothing but reads")
        Flag("wait", "Stay until the commands that were started have ended")
    }
    .discussion(
        """
        `orch tick` does this too. This one asks no tracker, starts no agent, and leaves tasks alone but for those that \
        jobs make.
        """)

    static func run(_ context: Context) throws -> Int32 { try TickCommand.tick(context, scope: .jobs) }
}
