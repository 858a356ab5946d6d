import Arguments
import OrchAdapters
import OrchCore
import Platform
import Subprocess

/// `orch service install`: may be run again at any time, after an upgrade or a change of PATH.
enum ServiceInstallCommand: Subcommand {
    static let table = CommandTable("install", "Have orch started every few seconds") {
        Flag("system", "A timer of the system's rather than your own; needs root")
        Option("user", "NAME", "With --system: who orch runs as; whoever calls (`sudo`), by default")
        Option("interval", short: "i", "TIME", "How often to tick", .duration(.seconds(1)...(.seconds(3600))))
            .defaulting(to: .value("10s"))
        Flag("listen", "Keep `orch listen` running as well")
        Flag("dry-run", "Only print the files and the commands")
    }
    .discussion(
        """
        Your PATH is taken along, because a service starts with a minimal one: install again when agents move. \
        Secrets are not taken along; what a login does not provide (GH_TOKEN, say) goes to \
        `service.env` in orch's home, a NAME=VALUE a line, mode 0600.
        """
    )
    .example("orch service install", "A timer of your own.")
    .example(
        "sudo ORCH_HOME=/home/ada/.orch orch service install --system --user ada",
        "One that runs without anybody's login.")

    /// `orch sync` lists pull requests and fetches: nothing for every few seconds.
    private static let syncInterval: Duration = .seconds(120)

    static let answersInJSON = false

    /// 1. Work out what is to be started. 2. Do it, saying each step. 3. Say what the timer will miss.
    static func run(_ context: Context) throws -> Int32 {
        let isDryRun = context.arguments.flag("dry-run")
        let wantsSystem = context.arguments.flag("system")
        guard !wantsSystem || isDryRun || Account.current()?.isRoot == true else {
            throw ServiceError.notRoot
        }
        var definition = try definition(context, wantsSystem: wantsSystem)
        let choice = TimersChoice(environment: context.environment, wantsSystem: wantsSystem)
        let timers = try choice.timers()
        // One that is there is brought up to date with the rest.
        if try context.arguments.flag("listen") || timers?.status(of: ServiceJob.listen).isInstalled == true {
            definition.listener = try places(of: context)
        }
        guard let timers else {
            for job in definition.jobs { Console.out(CronLine.text(for: job, of: definition)) }
            throw ServiceError.onlyCron
        }
        let steps = try timers.installation(of: definition)
        try ServiceSteps(isDryRun: isDryRun, say: Console.out).perform(steps)
        let readiness = ServiceReadiness(definition: definition, environment: context.environment)
        tell(timers.shortcomings() + readiness.findings(), context.terminal)
        var starts = definition.jobs.map { "`orch \($0.command)` every \($0.interval.spelled)" }
        if definition.listener != nil { starts.append("`orch listen`") }
        let verb = isDryRun ? "would start" : "starts"
        Console.out("\(timers.name) \(verb) \(starts.joined(separator: ", "))")
        return 0
    }

    private static func tell(_ findings: [Finding], _ terminal: TerminalStyle) {
        let page = FindingsPage(terminal: terminal)
        for finding in findings where finding.level != .ok { Console.out(page.text(of: finding)) }
    }

    private static func definition(_ context: Context, wantsSystem: Bool) throws -> ServiceDefinition {
        guard let program = ExecutablePath.current() else { throw ServiceError.filesMissing("orch") }
        let home = WorkingDirectory.canonical(context.home.home)
        return ServiceDefinition(
            program: program, jobs: jobs(tickEvery: context.arguments.duration("interval") ?? .seconds(10)),
            user: try user(context, wantsSystem: wantsSystem),
            environment: ServiceEnvironment.capture(from: context.environment, home: home), home: home)
    }

    private static func places(of context: Context) throws -> ListenerPlaces {
        let settings = try context.listenSettings()
        let socket = settings.socket.isEmpty ? "\(context.home.home)/listen.sock" : settings.socket
        return ListenerPlaces(address: settings.address, socket: socket)
    }

    /// What this orch knows: a version without `sync` gets no timer for it.
    private static func jobs(tickEvery interval: Duration) -> [ServiceJob] {
        let known = Set(CommandTree.root.subcommands.map(\.name))
        return ServiceJob.commands.filter(known.contains).map { command in
            ServiceJob(command: command, interval: command == "tick" ? interval : max(interval, syncInterval))
        }
    }

    /// systemd gives HOME only to units that name their user, root included.
    ///
    /// - Throws: `homeOfWhom` where orch would run as somebody else on this user's files.
    private static func user(_ context: Context, wantsSystem: Bool) throws -> String? {
        guard wantsSystem else { return nil }
        let own = Account.current()?.name ?? "root"
        // Behind sudo stands somebody, who hardly wants agents to run as root.
        let wanted = context.arguments.value("user") ?? context.environment["SUDO_USER"] ?? own
        if wanted != own, context.environment["ORCH_HOME"] == nil {
            throw ServiceError.homeOfWhom(user: wanted)
        }
        return wanted
    }
}
