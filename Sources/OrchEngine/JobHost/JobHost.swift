package import OrchCore

/// Owns one run of a job's command, from its start to its recorded end.
///
/// The command has a keeper, as an agent has: it survives its host, and its exit is written down. A host that
/// takes the run over finds it, alive or ended; a command is never started twice. What neither keeper nor
/// exit tells of any more is lost.
package final class JobHost: AgentHost {
    let ports: HostPorts
    let run: Run
    private let project: Project
    private let job: Job?
    /// The command's whole environment.
    private let environment: [String: String]
    /// Why this host ended the command; wins over its exit status.
    private var verdict: (failure: AgentFailure, message: String)?
    private var lastLine = ""

    /// How often limits are looked at when nothing else happens.
    private static let pulse: Duration = .seconds(1)
    /// A command that writes more fills somebody's disk.
    private static let outputLimitBytes = 64 << 20
    /// What is quoted of its last line.
    private static let quoteBytes = 500
    private static let startFile = "started-at.txt"

    /// - Throws: `EngineError` where the run is over or its project is gone.
    package init(_ run: Run, projects: [Project], ports: HostPorts, environment: [String: String]) throws {
        project = try run.project(among: projects)
        self.run = run
        self.ports = ports
        self.environment = environment
        job = ports.common.timetable?.jobs(of: [project]).first { $0.key == run.task }
    }

    /// Stays with the command to its end.
    ///
    /// - Returns: nil where this host had to leave the run to another one: it is still
    ///   live, or somebody else's.
    package func runToEnd() throws -> RunOutcome? {
        guard try takeRun() else { return nil }
        do {
            let outcome = try outcome()
            return try store.endRun(run.id, outcome: outcome, now: now) ? outcome : nil
        } catch is Dismissed {
            return nil
        }
    }

    private func outcome() throws -> RunOutcome {
        do {
            guard let process = try process() else {
                return Self.failed(.reported, "the job was removed before its command began")
            }
            return conclude(exit: try attend(process, until: try deadline()))
        } catch let error as AgentKeeperError {
            return Self.failed(.reported, error.problem)
        }
    }

    /// The command, started now or by an earlier host; nil where it never was, and the job is gone.
    private func process() throws -> (any AgentProcess)? {
        let facts = [
            "ORCH_JOB_ID": run.task.id, "ORCH_PROJECT_DIR": project.directory,
            "ORCH_RUN": "\(run.id.rawValue)",
        ]
        let leg = AgentLeg(
            number: 1, attemptDirectory: run.directory, worktree: job?.directory ?? project.directory,
            environment: environment.merging(facts) { _, fact in fact })
        if let running = try ports.keeper.adopt(leg) { return running }
        guard let job, case .bash(let command) = job.work else { return nil }
        ports.console("\(ports.redaction.apply(to: "$ \(command)"))\n")
        try ports.files.write(now.iso8601, to: Self.startFile)
        return try ports.keeper.start(Self.launch(command), in: leg)
    }

    /// The user's own text as one argument; output and errors in the order in which they came, as in v0.
    static func launch(_ command: String) -> AgentLaunch {
        AgentLaunch(program: "bash", arguments: ["-c", "exec bash -c \"$1\" 2>&1", "bash", command])
    }

    /// By the clock that never jumps; nil: the command may take as long as it likes.
    private func deadline() throws -> Duration? {
        let limit = job?.timeout ?? project.settings.workflow.timeout
        guard limit > .zero else { return nil }
        let start = try ports.files.read(path: "\(run.directory)/\(Self.startFile)", limit: 64)
            .flatMap { Timestamp(iso8601: $0) }
        // A wall clock that was set back meanwhile has no say.
        return ports.uptime() + limit - max(.zero, now.since(start ?? run.startedAt))
    }

    /// Until the command is over; its exit status, nil where nobody knows.
    private func attend(_ process: any AgentProcess, until deadline: Duration?) throws -> Int32? {
        while true {
            for signal in try process.next(timeout: Self.pulse) {
                switch signal {
                case .line(let line, _): show(line)
                case .exited(let status): return status
                case .dismissed: throw Dismissed()
                case .unfinished, .typed, .poked: break
                }
            }
            if process.volumeBytes > Self.outputLimitBytes {
                stop(process, .reported, "it wrote more than 64 MB")
            }
            if let deadline, ports.uptime() >= deadline {
                stop(process, .timeOut, "it took longer than its time limit")
            }
            if try store.isStopRequested(run.id) { stop(process, .stopped, "stopped by a person") }
        }
    }

    private func show(_ line: String) {
        let text = ports.redaction.apply(to: line)
        if !text.allSatisfy(\.isWhitespace) { lastLine = text.clipped(toBytes: Self.quoteBytes) }
        ports.console("\(text)\n")
    }

    private func stop(_ process: any AgentProcess, _ failure: AgentFailure, _ message: String) {
        guard verdict == nil else { return }
        verdict = (failure, message)
        process.end()
    }

    private func conclude(exit: Int32?) -> RunOutcome {
        if let verdict { return Self.failed(verdict.failure, verdict.message) }
        guard let exit else {
            return Self.failed(.lost, "its process was killed, and nobody knows how it ended")
        }
        if exit == 0 { return RunOutcome(status: .done, summary: lastLine) }
        let quote = lastLine.isEmpty ? "" : ": \(lastLine)"
        return Self.failed(.exited(exit), "exit status \(exit)\(quote)")
    }

    private static func failed(_ failure: AgentFailure, _ message: String) -> RunOutcome {
        RunOutcome(failure: failure, status: .needsReview, message: message)
    }
}
