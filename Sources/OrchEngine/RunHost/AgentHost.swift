import OrchCore

/// What every host of a run does alike, whatever its agent is asked for: it takes the run, does each step
/// once, stays with the agent (`AgentWatch`), and waits for networks that are away.
protocol AgentHost: AnyObject {
    var ports: HostPorts { get }
    var run: Run { get }

    /// The agent has said nothing for a while; called once each time.
    ///
    /// - Parameter number: how often that was so before, by this host.
    func noteIdleness(_ silence: Duration, number: Int) throws
}

extension AgentHost {
    var store: any Store { ports.common.store }
    var now: Timestamp { ports.common.now() }

    func noteIdleness(_ silence: Duration, number: Int) throws {}

    /// Names this run in what is found again outside of the store.
    func outsideName() throws -> String { "run-\(try store.instance())-\(run.id.rawValue)" }

    /// Takes the run from a host that is gone, or as the first one.
    ///
    /// - Returns: false where it is a living process's, or over.
    func takeRun() throws -> Bool {
        let me = ports.common.hosts.current
        if let other = run.host, other != me, ports.common.hosts.isAlive(other) { return false }
        guard try store.setHost(me, of: run.id, expecting: run.host) else { return false }
        if run.state == .starting { _ = try store.move(run.id, from: .starting, to: .running) }
        return true
    }

    /// Takes the run, does its work and ends it with what that came to.
    ///
    /// - Returns: nil where this host had to leave the run to another one: it is still live, or somebody
    ///   else's.
    func hosted(_ work: () throws -> RunOutcome) throws -> RunOutcome? {
        guard try takeRun() else { return nil }
        do {
            let outcome = try work()
            return try store.endRun(run.id, outcome: outcome, now: now) ? outcome : nil
        } catch is Dismissed {
            return nil
        } catch StoreError.fenced {
            return nil
        }
    }

    /// Does one step once: begun, then the act, then done with what it came to.
    ///
    /// - Parameter act: is told whether an earlier attempt may have taken effect, so that
    ///   it looks before it creates.
    func perform(_ step: RunStep, _ act: (_ mayExist: Bool) throws -> String) throws -> String {
        let state = try store.step(step, of: run.id)
        if case .done(let result) = state { return result }
        try store.begin(step, of: run.id, owner: ports.common.hosts.current, now: now)
        let result = try act(state == .begun)
        try store.complete(step, of: run.id, result: result, now: now)
        return result
    }

    func audit(_ act: String, _ detail: String) {
        let entry = AuditEntry(
            at: now, actor: "run \(run.id.rawValue)", task: run.task, run: run.id, act: act,
            detail: ports.redaction.apply(to: detail))
        // The log of what happened must not stop what happens.
        try? store.audit(entry)
    }

    /// One line for whoever watches.
    func tell(_ words: String) { ports.console("· \(ports.redaction.apply(to: words))\n") }

    /// Cleans what others read on a tracker.
    var publicText: PublicText { PublicText(ports.redaction) }
}

extension Run {
    /// The project that a run which is about to be hosted belongs to.
    ///
    /// - Throws: `EngineError` where the run is over, or its project is gone.
    func project(among projects: [Project]) throws -> Project {
        guard state.isLive else { throw EngineError.runOver(id.rawValue) }
        guard let project = projects.first(where: { $0.id == task.project }) else {
            throw EngineError.projectMissing(task.project)
        }
        return project
    }
}

/// The host was asked to go; its run stays live for the next one.
struct Dismissed: Error {}
