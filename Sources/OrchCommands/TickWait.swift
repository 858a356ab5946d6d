import OrchCore
import OrchEngine
import Platform

/// Stays until the runs that a tick or a sync has started are over, and looks after them meanwhile.
struct TickWait {
    let ports: Ports
    let projects: [Project]
    let show: (TickReport) -> Void

    /// How often it looks; a run takes seconds at the least.
    private static let pulse: Duration = .milliseconds(200)
    /// Tests wait for less.
    var limit = RunWatch.limit
    /// As the tick that started them.
    var scope = Tick.Scope.everything

    /// - Parameter report: of the tick that started them; what later ones do is added.
    /// - Throws: `TimeoutError` where they are not over in time; they go on.
    func wait(_ report: inout TickReport) throws { try wait(for: Set(report.started), &report) }

    /// - Parameters:
    ///   - tasks: what the runs are about.
    ///   - report: what ticks do meanwhile is added.
    func wait(for tasks: Set<TaskKey>, _ report: inout TickReport) throws {
        let deadline = MonotonicTime.now() + limit
        var lookedAfter: Set<Run.ID> = []
        while true {
            let open = try ports.store.openRuns().filter { tasks.contains($0.task) }
            if open.isEmpty { return }
            guard MonotonicTime.now() < deadline else { throw Self.timeout(open.count, limit) }
            // Each that has ended is collected once, so that its place is free for the next while others go
            // on; when none is left at work, until all are.
            let ended = Set(open.filter { !isUnderWay($0) }.map(\.id))
            if ended.count == open.count || !ended.isSubset(of: lookedAfter) {
                lookedAfter = ended
                let later = try Tick(ports: ports, projects: projects, scope: scope).run()
                // Whoever holds the lease does the same.
                if !later.isAlreadyRunning {
                    show(later)
                    report.append(later)
                }
            }
            Pausing.pause(Self.pulse)
        }
    }

    /// Not over, and not left by its host either.
    private func isUnderWay(_ run: Run) -> Bool {
        run.state.isLive && run.host.map(ports.hosts.isAlive) != false
    }

    private static func timeout(_ count: Int, _ limit: Duration) -> TimeoutError {
        TimeoutError(
            problem: "\(counted(count, "run")) not over after \(limit.brief)",
            fix: "nothing is lost: the next ticks look after them; `orch task list` shows them")
    }
}
