package import OrchCore

/// One tick: looks at the world once, decides what is due, does it, and is over.
///
/// 1. Take the tick lease; a tick that finds it held has nothing to do.
/// 2. Observe: the store, the trackers, the locks and the processes become one `Snapshot`.
/// 3. For each phase in order: decide by its rule, then perform each decision on its own. A failing one is
///    reported and stops no other; only what was done is applied to the picture that the next phase sees.
/// 4. Where the listener has written something down meanwhile, do 2 and 3 again: the tick that it wanted to
///    start for it found this one at work.
///
/// A crash anywhere in between leaves rows that the next tick continues from.
package struct Tick {
    /// A phase is a name and a pure rule.
    typealias Phase = (name: String, decide: @Sendable (Snapshot) -> [Decision])

    static let phases: [Phase] = [
        ("collect", Collecting.decide),
        ("rescue", Rescuing.decide),
        ("intake", Intaking.decide),
        ("schedule", Scheduling.decide),
        ("unblock", Unblocking.decide),
        ("route", Routing.decide),
        ("dispatch", Dispatching.decide),
        ("label", Labelling.decide),
    ]

    private let ports: Ports
    private let projects: [Project]
    private let isDryRun: Bool
    private let scope: Scope

    /// What a tick looks at.
    package enum Scope: Equatable {
        case everything
        /// Jobs and the runs of their commands; tasks are left alone.
        case jobs
        /// Of those, one.
        case job(TaskKey)

        func covers(_ key: TaskKey) -> Bool {
            switch self {
            case .everything: true
            case .jobs: key.backend == .job
            case .job(let one): key == one
            }
        }
    }

    /// - Parameter isDryRun: decide and report, but write nothing and send nothing but reads.
    package init(
        ports: Ports, projects: [Project], isDryRun: Bool = false, scope: Scope = .everything
    ) {
        self.scope = scope
        self.ports = ports
        self.projects = projects
        self.isDryRun = isDryRun
    }

    package func run() throws -> TickReport {
        let lease = DecisionLease("tick", ports: ports)
        guard try isDryRun || lease.take() else { return .alreadyRunning }
        defer { lease.release() }
        var report = TickReport()
        let observation = Observation(ports: ports, isDryRun: isDryRun, keepLease: lease.renew)
        if scope != .everything {
            var snapshot = try observation.jobsSnapshot(of: projects)
            report.pauses = snapshot.pauses
            try decide(in: &snapshot, lease: lease, report: &report)
            return report
        }
        for _ in 1...Self.roundLimit {
            var snapshot = try observation.snapshot(of: projects, report: &report)
            report.pauses = snapshot.pauses
            try decide(in: &snapshot, lease: lease, report: &report)
            let reached = projects.filter { !snapshot.unreachable.contains($0.id) }
            guard !isDryRun, try observation.hasNews(of: reached) else { break }
        }
        return report
    }

    /// More news than this in a row are left to the next tick.
    private static let roundLimit = 3

    private func decide(
        in snapshot: inout Snapshot, lease: DecisionLease, report: inout TickReport
    ) throws {
        for phase in Self.phases {
            try perform(phase, lease: lease, in: &snapshot, report: &report)
        }
    }

    /// - Returns: what kept the sidecar alone from being written.
    private func perform(_ decision: Decision, task: AgentTask?, by acting: Acting) throws -> SidecarLag? {
        var lag: SidecarLag?
        do {
            try acting.perform(decision, task: task)
        } catch let problem as SidecarLag {
            lag = problem
        }
        acting.announce(decision, task: task)
        return lag
    }

    /// Where a tracker refuses one decision for a reason that holds for all, the project's others of this
    /// phase wait for the next tick.
    private func perform(
        _ phase: Phase, lease: DecisionLease, in snapshot: inout Snapshot, report: inout TickReport
    ) throws {
        let acting = Acting(ports: ports, projects: snapshot.projects)
        var waiting: Set<Project.ID> = []
        for decision in phase.decide(snapshot) where !waiting.contains(decision.task.project) {
            guard scope.covers(decision.task) else { continue }
            try lease.renew()
            let task = snapshot.task(decision.task)
            do {
                let lag = isDryRun ? nil : try perform(decision, task: task, by: acting)
                snapshot.apply(decision)
                report.add(decision, task: task)
                if let lag { report.add(lag, of: decision.task) }
            } catch {
                report.add(decision, task: task, failedWith: error)
                if (error as? TrackerError)?.concernsEverything == true {
                    waiting.insert(decision.task.project)
                }
            }
        }
    }
}
