package import OrchCore

extension Steering {
    /// Begins a run whose host will be this very process, with no regard to free places or to a moment to
    /// wait for.
    ///
    /// 1. Refuse what a tick would not start either, with its reason. 2. Route where nobody is chosen. 3.
    /// Record the run: of the task or, where a router has to be asked first, of kind `route`.
    package func begin(_ task: AgentTask) throws -> Run {
        try requireIdle(task)
        try requireRunnable(try admitted(task))
        if task.parkedUntil != nil { try store.change(task.key, [.parkedUntil(nil)]) }
        if task.status == .new || task.agent == nil, case .asked(let run) = try routeNow(task.key) {
            return run
        }
        try requireNoHold(task.key)
        guard let routed = try store.task(task.key) else { throw EngineError.taskMissing(task.key.id) }
        let run = try acting.begin(routed)
        try audit("run", task.key, run: run.id, "attempt \(run.attempt) by \(run.agent)")
        return run
    }

    /// Puts the task before a person where a tick would hold it rather than start it.
    ///
    /// - Returns: the reason; nil where nothing holds it.
    package func hold(_ task: AgentTask) throws -> String? {
        let picture = try picture()
        guard let decision = Dispatching.hold(task, project: project, in: picture),
            case .hold(_, let status, let reason) = decision
        else { return nil }
        try halt(task, status, because: reason)
        return reason
    }

    /// Takes the task out of the queue, and says why on the task.
    package func halt(_ task: AgentTask, _ status: TaskStatus, because reason: String) throws {
        let decision = Decision.hold(task.key, status: status, reason: reason)
        try acting.perform(decision, task: task)
        acting.announce(decision, task: task)
        // Where the label cannot be written now, the next tick writes it.
        _ = try show(status, of: task, without: [])
        try audit("hold", task.key, reason)
    }

    /// Starts the host of a run where it outlives this process.
    package func startHost(of run: Run) throws { try acting.startHost(of: run) }

    /// What `rescue` would do about this run now.
    package func rescue(_ run: Run) throws { try performNow(Rescuing.decide(try picture()), of: run.id) }

    private func requireNoHold(_ key: TaskKey) throws {
        let picture = try unpausedPicture()
        guard let task = picture.task(key) else { throw EngineError.taskMissing(key.id) }
        if case .hold? = Dispatching.decide(picture).first(where: { $0.task == key }) {
            throw SteeringError.notRunnable(key.id, Explaining.explain(task, in: picture))
        }
    }

    /// Leaves words for the agent at work and wakes its host.
    ///
    /// - Parameter request: the same words of one request are said once; nil: each time.
    /// - Throws: `.nobodyHears` where the run's agent is over or is asked to end, or is only asked who does
    ///   the task.
    package func say(_ words: String, to task: AgentTask, request: String? = nil) throws -> Run {
        let run = try liveRun(of: task)
        let said = SaidWords(words, by: actor, request: request)
        guard run.kind == .work, try store.say(said, to: run.id, now: now) else {
            throw SteeringError.nobodyHears(task.key.id)
        }
        try audit("say", task.key, run: run.id, words)
        if let host = run.host { ports.hosts.poke(host) }
        return run
    }

    /// Asks for the end of the run: by its host, or, where that is gone, by a new one.
    package func stop(_ task: AgentTask) throws -> Run {
        let run = try liveRun(of: task)
        guard try store.requestStop(of: run.id, by: actor) else {
            throw SteeringError.nothingRuns(task.key.id)
        }
        try audit("kill", task.key, run: run.id, "asked to end")
        if let host = run.host, ports.hosts.isAlive(host) {
            ports.hosts.poke(host)
        } else {
            try performNow(Rescuing.decide(try picture()), of: run.id)
        }
        return run
    }

    /// Draws the consequences of a run that has ended, as the next tick would.
    ///
    /// - Returns: the task as it is then; nil where it is gone.
    package func collect(_ run: Run) throws -> AgentTask? {
        try performNow(Collecting.decide(try picture()), of: run.id)
        return try store.task(run.task)
    }

    private func performNow(_ decisions: [Decision], of id: Run.ID) throws {
        for decision in decisions {
            switch decision {
            case .collect(let run, _) where run.id == id, .takeOver(let run, _) where run.id == id,
                .giveUp(let run, _) where run.id == id:
                try acting.perform(decision, task: try store.task(run.task))
            default: continue
            }
        }
    }
}
