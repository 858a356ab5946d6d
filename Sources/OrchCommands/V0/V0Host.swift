import OrchCore
import OrchEngine
import Platform

/// Stays with a run to its end, as `run_task.sh` did: in the foreground, or beside its tmux session.
struct V0Host {
    let stage: V0Stage
    let call: V0Call

    /// How often it looks; a run takes seconds at the least.
    private static let pulse: Duration = .milliseconds(100)

    /// - Returns: nil where the run goes on without this process.
    func stay(with run: Run) throws -> RunOutcome? {
        if stage.hasSessions {
            try stage.steering.startHost(of: run)
            try wait(for: run)
        } else {
            let foreground = ForegroundRun(
                steering: stage.steering, environment: stage.environment, show: { Console.err($0) })
            guard try foreground.host(run) == 0 else { return nil }
        }
        return try stage.store.run(run.id)?.outcome
    }

    /// A host that dies is followed by another, as a tick would have it.
    private func wait(for run: Run) throws {
        let deadline = MonotonicTime.now() + RunWatch.limit
        while let now = try stage.store.run(run.id), now.state.isLive {
            guard MonotonicTime.now() < deadline else { return }
            if let host = now.host, !stage.ports.hosts.isAlive(host) { try stage.steering.rescue(now) }
            Pausing.pause(Self.pulse)
        }
    }

    /// `45s`, `2m 5s`, `3h 4m`, as v0's log has it.
    static func words(for length: Duration) -> String {
        let seconds = max(0, length.wholeSeconds)
        if seconds < 60 { return "\(seconds)s" }
        if seconds < 3600 { return "\(seconds / 60)m \(seconds % 60)s" }
        return "\(seconds / 3600)h \(seconds % 3600 / 60)m"
    }
}

extension V0Stage {
    /// Whether runs have tmux sessions here.
    var hasSessions: Bool {
        guard project.settings.workflow.useTmux else { return false }
        return ports.missingPrograms(["tmux"]).isEmpty
    }

    /// Whether a live run of the task, or a script of v0, is at work on it.
    func isTaken(_ key: TaskKey) throws -> Bool {
        if ports.claims.holder(of: key) != nil { return true }
        return try store.openRuns().contains { $0.task == key && $0.state.isLive }
    }
}
