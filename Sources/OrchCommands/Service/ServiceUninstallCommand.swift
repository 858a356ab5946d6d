import Arguments
import OrchCore
import Platform

/// `orch service uninstall`: agents at work go on; nothing starts new ones.
enum ServiceUninstallCommand: Subcommand {
    static let table = CommandTable("uninstall", "Remove the timer; running agents go on") {
        Flag("system", "The system's timer rather than your own; needs root")
        Flag("dry-run", "Only print what would be removed")
    }

    static let answersInJSON = false

    static func run(_ context: Context) throws -> Int32 {
        let isDryRun = context.arguments.flag("dry-run")
        let wantsSystem = context.arguments.flag("system")
        guard !wantsSystem || isDryRun || Account.current()?.isRoot == true else {
            throw ServiceError.notRoot
        }
        let choice = TimersChoice(environment: context.environment, wantsSystem: wantsSystem)
        guard let timers = try choice.timers() else { throw ServiceError.noTimers }
        let steps = timers.removal()
        if steps.isEmpty { Console.out("nothing to remove") }
        try ServiceSteps(isDryRun: isDryRun, say: Console.out).perform(steps)
        return 0
    }
}
