import OrchCore
import Platform
import Subprocess

/// Timers of systemd: the user's own manager, or with `--system` the machine's.
struct SystemdTimers: Timers {
    enum Manager: Equatable {
        case user
        case system
    }

    let manager: Manager
    /// Where the units go: `~/.config/systemd/user`, or `/etc/systemd/system`.
    let folder: String
    let environment: [String: String]
    let find: ServiceTemplate.Finder

    /// A manager answers at once, unless it hangs.
    private static let limits = Command.Limits(timeout: .seconds(20), outputBytes: 1 << 20)

    var name: String { manager == .user ? "systemd (user)" : "systemd (system)" }

    // MARK: - Installing

    /// 1. The units. 2. The manager reads them. 3. They start now and at every boot or login; `restart`
    ///    rather than `start`, because a timer that runs keeps its old interval.
    func installation(of definition: ServiceDefinition) throws -> [ServiceStep] {
        let values = try values(for: definition)
        var files = try definition.jobs.flatMap { job in try units(for: job, values) }
        var started = definition.jobs.map { "\(Self.unit($0.command)).timer" }
        var freed: [ServiceStep] = []
        if let places = definition.listener {
            files += try listenerUnits(places, values)
            started += Self.listenerUnits
            // The manager cannot open its sockets anew while it has them.
            freed = [.run(systemctl(["stop", "orch-listen.service"]), mayFail: true)]
        }
        return files + [
            .run(systemctl(["daemon-reload"])), .run(systemctl(["enable", "--quiet"] + started)),
        ] + freed + [.run(systemctl(["restart"] + started))]
    }

    private static let listenerUnits = ["orch-listen.socket", "orch-listen.service"]

    private func listenerUnits(
        _ places: ListenerPlaces, _ values: [String: String]
    ) throws -> [ServiceStep] {
        let own = [
            "ADDRESS": try SystemdWord.plain(places.address, what: "listen.address"),
            "SOCKET": try SystemdWord.plain(places.socket, what: "listen.socket"),
        ]
        return try Self.listenerUnits.map { name in
            let template = try ServiceTemplate(name, in: "systemd", find: find)
            let text = try template.filled(with: values.merging(own) { _, own in own })
            return .write(path: "\(folder)/\(name)", text: text)
        }
    }

    private func units(for job: ServiceJob, _ values: [String: String]) throws -> [ServiceStep] {
        let own = values.merging(["INTERVAL": "\(job.interval.components.seconds)s"]) { _, own in own }
        return try ["service", "timer"].map { kind in
            let name = "\(Self.unit(job.command)).\(kind)"
            let template = try ServiceTemplate(name, in: "systemd", find: find)
            return .write(path: "\(folder)/\(name)", text: try template.filled(with: own))
        }
    }

    private func values(for definition: ServiceDefinition) throws -> [String: String] {
        let lines = try definition.environment.sorted { $0.key < $1.key }.map { name, value in
            "Environment=" + (try SystemdWord.quoted("\(name)=\(value)", what: name))
        }
        return [
            "PROGRAM": try SystemdWord.program(definition.program),
            "ENVIRONMENT": lines.joined(separator: "\n"),
            "SECRETS": try SystemdWord.plain(definition.secretsFile, what: "ORCH_HOME"),
            "USER": try SystemdWord.plain(definition.user ?? "", what: "the user"),
        ]
    }

    func removal() -> [ServiceStep] {
        let units = ServiceJob.commands.filter(isInstalled).map(Self.unit)
        let listener = isInstalled(ServiceJob.listen) ? Self.listenerUnits : []
        guard !units.isEmpty || !listener.isEmpty else { return [] }
        // Not the timers' services: a tick at work is let finish.
        let stopped = units.map { "\($0).timer" } + listener
        let files = units.flatMap { unit in ["service", "timer"].map { "\(unit).\($0)" } } + listener
        return [.run(systemctl(["disable", "--quiet", "--now"] + stopped), mayFail: true)]
            + files.map { .remove(path: "\(folder)/\($0)") }
            + [.run(systemctl(["daemon-reload"]), mayFail: true)]
    }

    // MARK: - Looking

    func status(of command: String) throws -> TimerStatus {
        var status = TimerStatus(command: command, isInstalled: isInstalled(command))
        guard status.isInstalled else { return status }
        let unit = Self.unit(command)
        let kind = command == ServiceJob.listen ? "service" : "timer"
        let timer = try properties(["ActiveState", "LastTriggerUSec"], of: "\(unit).\(kind)")
        let service = try properties(["Result", "ExecMainStatus"], of: "\(unit).service")
        status.isActive = timer["ActiveState"] == "active"
        status.lastStart = timer["LastTriggerUSec"].flatMap { $0.isEmpty ? nil : $0 }
        if let result = service["Result"], result != "success" {
            status.failure =
                result == "exit-code" ? "exit status \(service["ExecMainStatus"] ?? "?")" : result
        }
        return status
    }

    private func properties(_ names: [String], of unit: String) throws -> [String: String] {
        let output = try systemctl(["show", "--property=" + names.joined(separator: ","), unit]).run()
        let lines = output.text.split(separator: "\n").map {
            $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        }
        return Dictionary(lines.filter { $0.count == 2 }.map { ($0[0], $0[1]) }) { _, last in last }
    }

    func installed(_ command: String) throws -> InstalledTimer? {
        let path = "\(folder)/\(Self.unit(command)).service"
        guard let text = try Self.text(at: path) else { return nil }
        let unit = SystemdUnit([text] + (try dropIns(of: path)))
        guard let program = unit.program else { return nil }
        return InstalledTimer(
            program: program, environment: unit.environment, environmentFiles: unit.environmentFiles,
            user: unit.user)
    }

    /// What `systemctl edit` has written, by name.
    private func dropIns(of unit: String) throws -> [String] {
        let folder = "\(unit).d"
        guard FileStatus.ifPresent(folder)?.kind == .directory else { return [] }
        return try Directory.names(in: folder).filter { $0.hasSuffix(".conf") }
            .compactMap { try Self.text(at: "\(folder)/\($0)") }
    }

    /// Far more than any unit.
    private static let unitLimitBytes = 1 << 20

    private static func text(at path: String) throws -> String? {
        try WholeFile.readIfPresent(path, limitBytes: unitLimitBytes).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// A transient unit with what the timer's unit has: the manager itself gives it the bare environment.
    func command(_ words: [String], as timer: InstalledTimer) -> Command {
        let variables = timer.environment.sorted { $0.key < $1.key }.map { "--setenv=\($0.key)=\($0.value)" }
        let files = timer.environmentFiles.map { "--property=EnvironmentFile=-\($0)" }
        let user = timer.user.map { ["--property=User=\($0)"] } ?? []
        let fixed = ["--pipe", "--wait", "--collect", "--quiet", "--property=WorkingDirectory=/"]
        let options = (manager == .user ? ["--user"] : []) + user + fixed + variables + files
        return Command("systemd-run", arguments: options + ["--"] + words).with {
            $0.environment = Command.Environment(environment)
        }
    }

    // MARK: - Help

    private func isInstalled(_ command: String) -> Bool {
        let kind = command == ServiceJob.listen ? "service" : "timer"
        return FileStatus.ifPresent("\(folder)/\(Self.unit(command)).\(kind)") != nil
    }

    private static func unit(_ command: String) -> String { "orch-\(command)" }

    private func systemctl(_ arguments: [String]) -> Command {
        let options = manager == .user ? ["--user"] : []
        return Command("systemctl", arguments: options + arguments).with {
            $0.environment = Command.Environment(environment)
            $0.limits = Self.limits
        }
    }
}
