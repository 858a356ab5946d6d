import Arguments
import OrchAdapters
import Platform

/// `orch migrate --check`: what becomes of a home of v0’s.
enum MigrateCommand: Subcommand {
    static let table = CommandTable("migrate", "See what becomes of a home of v0's", group: "Setting up") {
        Flag("check", "Only look; there is nothing else to do, so this is what happens anyway")
        Positional("home", "v0’s home; without it, the one that orch uses", .optional, .directory)
    }
    .discussion(
        """
        orch works on v0's own files: configuration, jobs, sidecars, locks, labels and worktrees stay where they are, so \
        nothing is converted. This reads them, changes nothing, and says what is used as it is, what means something \
        else to orch, and what somebody has to mend first. UPGRADING.md tells the way, timer by timer, and back.
        """
    )
    .example("orch migrate --check", "Look at the home that orch uses.")
    .example("orch migrate --check ~/.orchestrator --json", "Look at another, for a script.")
    .exitStatus(1, "Something has to be mended first.")

    static func run(_ context: Context) throws -> Int32 {
        let examined = try Context(
            arguments: context.arguments, environment: environment(of: context), terminal: context.terminal)
        let migration = Migration(examined)
        let page = MigrationPage(notes: migration.notes(), steps: migration.steps())
        if context.wantsJSON {
            context.print(page.json)
        } else {
            Console.out(page.text(context.terminal))
        }
        return page.notes.contains { $0.kind == .mend } ? 1 : 0
    }

    /// Paths that the caller has set would belong to another home.
    private static func environment(of context: Context) -> [String: String] {
        guard let home = context.arguments.value("home") else { return context.environment }
        let own = ["CONFIG_PATH", "GLOBAL_CONFIG_PATH", "LOCK_PATH", "JOBS_FILE", "JOBS_PATH", "STATE_DIR"]
        var environment = context.environment.filter { !own.contains($0.key) }
        environment["ORCH_HOME"] = home
        return environment
    }
}
