import Arguments
import JSON
import OrchCore
import Platform
import Subprocess

/// `orch doctor`: what is wrong, and what to do about it.
enum DoctorCommand: Subcommand {
    static let table = CommandTable(
        "doctor", "Look for what is wrong, and say what to do", group: "Setting up"
    ) {
        Flag("from-timer", "Look with the timer's environment: its PATH, its logins, no shell")
        Flag("system", "With --from-timer: the system's timer rather than your own")
    }
    .discussion(
        """
        What works in a shell may fail in a timer, which has a minimal PATH, no shell profile and no ssh-agent: \
        `--from-timer` runs the same checks there.
        """
    )
    .example("orch doctor", "Check programs, logins, projects, the store and the timer.")
    .example("orch doctor --from-timer --json", "The same as the timer sees it, for a script.")
    .exitStatus(1, "There is a problem; warnings alone end with 0.")

    static func run(_ context: Context) throws -> Int32 {
        if context.arguments.flag("from-timer") { return try runAsTimer(context) }
        let facts = try DoctorFacts(context)
        let page = FindingsPage(terminal: context.terminal)
        var all: [Finding] = []
        for check in checks(facts) {
            let findings = check.findings()
            all += findings
            // Some checks take seconds; what is known is shown.
            if !context.wantsJSON { for finding in findings { Console.out(page.text(of: finding)) } }
        }
        Console.out(context.wantsJSON ? FindingsPage.json(of: all).text() : FindingsPage.summary(of: all))
        return all.contains { $0.level == .problem } ? 1 : 0
    }

    /// In the order in which one would mend things.
    private static func checks(_ facts: DoctorFacts) -> [any DoctorCheck] {
        [
            AccountCheck(account: .current()), HomeCheck(facts: facts), DiskCheck(facts: facts),
            ClockCheck(facts: facts), DatabaseCheck(facts: facts), ConfigCheck(facts: facts),
            GitCheck(facts: facts),
            GitHubCheck(facts: facts), TmuxCheck(facts: facts), AgentsCheck(facts: facts),
            ToolsCheck(facts: facts),
            ProjectsCheck(facts: facts), TimerCheck(environment: facts.environment), PauseCheck(facts: facts),
            ListenerCheck(facts: facts), ChatsCheck(facts: facts), NoticesCheck(facts: facts),
        ]
    }

    /// All checks together, a slow network included.
    private static let limits = Command.Limits(timeout: .seconds(600), outputBytes: 8 << 20)

    /// The program of the timer, which may be another than this one, is asked in the timer's place.
    private static func runAsTimer(_ context: Context) throws -> Int32 {
        let choice = TimersChoice(
            environment: context.environment, wantsSystem: context.arguments.flag("system"))
        guard let timers = try choice.timers() else { throw ServiceError.noTimers }
        guard let timer = try timers.installed("tick") else { throw ServiceError.notInstalled }
        var words = [timer.program, "doctor"]
        if context.wantsJSON { words.append("--json") }
        if let project = context.arguments.value("project") { words += ["--project", project] }
        let output = try timers.command(words, as: timer).with { $0.limits = limits }.run()
        Console.raw(output.text)
        if !output.standardError.isEmpty { Console.err(output.errorText) }
        guard case .exited(let status) = output.exit else {
            throw ServiceError.commandFailed(command: "orch doctor", detail: "\(output.exit)")
        }
        return status
    }
}
