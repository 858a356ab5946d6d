import Platform
import Subprocess

/// Jobs of launchd, macOS's manager of services: agents of the user's, or with `--system` daemons.
struct LaunchdTimers: Timers {
    /// `gui/501`, or `system`; see launchctl(1).
    let domain: String
    /// `~/Library/LaunchAgents`, or `/Library/LaunchDaemons`.
    let folder: String
    let environment: [String: String]
    let find: ServiceTemplate.Finder

    private static let limits = Command.Limits(timeout: .seconds(20), outputBytes: 1 << 20)
    private static let fileLimitBytes = 1 << 20

    var name: String { "launchd (\(domain))" }

    /// launchd needs a moment to let go of a job, and refuses to load it again until then.
    private static let loadPatience: Duration = .seconds(10)

    /// launchd reads a job's file only when the job is loaded, so one that is loaded is taken out first. That
    /// ends a tick at work; a job that is as it should be is left alone.
    func installation(of definition: ServiceDefinition) throws -> [ServiceStep] {
        var steps = try definition.jobs.flatMap { job in
            try installation(of: job.command, text(of: job.command, definition, interval: job.interval))
        }
        if definition.listener != nil {
            // launchd's own sockets are no descriptors that a program gets at its start: it opens its own.
            steps += try installation(of: ServiceJob.listen, text(of: ServiceJob.listen, definition))
        }
        return steps
    }

    private func installation(of command: String, _ text: String) throws -> [ServiceStep] {
        let path = path(of: command)
        let write = ServiceStep.write(path: path, text: text)
        let isSame = try WholeFile.readIfPresent(path, limitBytes: Self.fileLimitBytes) == Array(text.utf8)
        if isSame, try launchctl("print", target(command)).run().succeeded { return [write] }
        return [
            write, .run(launchctl("bootout", target(command)), mayFail: true),
            .run(launchctl("bootstrap", domain, path), patience: Self.loadPatience),
        ]
    }

    private func text(
        of command: String, _ definition: ServiceDefinition, interval: Duration = .zero
    ) throws -> String {
        let variables = try definition.environment.sorted { $0.key < $1.key }.flatMap { name, value in
            [
                "        <key>\(try PropertyListText.escaped(name, what: name))</key>",
                "        <string>\(try PropertyListText.escaped(value, what: name))</string>",
            ]
        }
        return try ServiceTemplate("\(Self.label(command)).plist", in: "launchd", find: find).filled(
            with: [
                "PROGRAM": try PropertyListText.escaped(definition.program, what: "the program's path"),
                "ENVIRONMENT": variables.joined(separator: "\n"),
                "INTERVAL": String(interval.components.seconds),
                "LOGS": try PropertyListText.escaped(definition.home, what: "ORCH_HOME"),
                "SECRETS": try PropertyListText.escaped(definition.secretsFile, what: "ORCH_HOME"),
                "USER": try PropertyListText.escaped(definition.user ?? "", what: "the user"),
            ])
    }

    func removal() -> [ServiceStep] {
        ServiceJob.all.filter(isInstalled).flatMap { command -> [ServiceStep] in
            [.run(launchctl("bootout", target(command)), mayFail: true), .remove(path: path(of: command))]
        }
    }

    func status(of command: String) throws -> TimerStatus {
        var status = TimerStatus(command: command, isInstalled: isInstalled(command))
        guard status.isInstalled else { return status }
        let output = try launchctl("print", target(command)).run()
        status.isActive = output.succeeded
        status.failure = Self.lastFailure(in: output.text)
        return status
    }

    /// The line `last exit code = 1` of `launchctl print`; nil where it says 0 or that there was none.
    static func lastFailure(in text: String) -> String? {
        let prefix = "last exit code = "
        let lines = text.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "\t" } }
        guard let line = lines.first(where: { $0.hasPrefix(prefix) }) else { return nil }
        let code = line.dropFirst(prefix.count).prefix { $0.isNumber }
        return code.isEmpty || code == "0" ? nil : "exit status \(code)"
    }

    func installed(_ command: String) throws -> InstalledTimer? {
        guard let bytes = try WholeFile.readIfPresent(path(of: command), limitBytes: Self.fileLimitBytes)
        else {
            return nil
        }
        return LaunchdJob.timer(in: String(decoding: bytes, as: UTF8.self))
    }

    /// A job starts with what its file says and what launchd gives to everyone, and nothing of a shell's.
    func command(_ words: [String], as timer: InstalledTimer) -> Command {
        var variables = timer.environment
        for name in ["HOME", "USER", "LOGNAME", "SHELL", "TMPDIR"] { variables[name] = environment[name] }
        return Command(words[0], arguments: Array(words.dropFirst())).with {
            $0.environment = Command.Environment(variables)
            $0.workingDirectory = "/"
        }
    }

    func shortcomings() -> [Finding] { [] }

    // MARK: - Help

    private static func label(_ command: String) -> String { "com.orch.\(command)" }
    private func target(_ command: String) -> String { "\(domain)/\(Self.label(command))" }
    private func path(of command: String) -> String { "\(folder)/\(Self.label(command)).plist" }
    private func isInstalled(_ command: String) -> Bool { FileStatus.ifPresent(path(of: command)) != nil }

    private func launchctl(_ arguments: String...) -> Command {
        Command("launchctl", arguments: arguments).with {
            $0.environment = Command.Environment(environment)
            $0.limits = Self.limits
        }
    }
}
