import OrchCore

extension Acting {
    /// 1. Record the run. 2. Start its host. A crash between the two leaves a run for `rescue`.
    func ask(_ key: TaskKey, router: AgentName, model: String?) throws {
        let run = try beginAsking(key, router: router, model: model)
        do {
            try startHost(of: run)
        } catch {
            let outcome = RunOutcome(
                failure: .notStarted, status: .needsReview, message: ErrorText.problem(of: error))
            _ = try ports.store.endRun(run.id, outcome: outcome, now: ports.now())
            throw error
        }
    }

    /// Its attempt counts how often the router was asked about the task without a usable answer.
    func beginAsking(_ key: TaskKey, router: AgentName, model: String?) throws -> Run {
        let earlier = try ports.store.runs(of: key, limit: Routing.askLimit)
            .prefix { $0.kind == .route && $0.outcome?.failure != nil }
        var draft = RunDraft(
            task: key, kind: .route, agent: router, root: ports.attemptsRoot(try project(of: key)),
            now: ports.now())
        draft.attempt = earlier.count % Routing.askLimit + 1
        draft.model = model
        guard let run = try ports.store.beginRun(draft, changing: []) else {
            throw EngineError.alreadyRunning(key.id)
        }
        return run
    }

    /// After the row: a hook that is run twice is better than one that is not run.
    func announceRoute(of key: TaskKey, to agent: AgentName) throws {
        guard let task = try ports.store.task(key) else { return }
        ports.hook(
            try project(of: key), "on_task_routed",
            [
                "ORCH_TASK_ID": key.id, "ORCH_TASK_TITLE": task.title, "ORCH_TASK_AGENT": agent.rawValue,
                "ORCH_TASK_STATUS": task.status.rawValue,
                "ORCH_GH_ISSUE": key.backend == .internal ? "" : key.id,
            ])
    }
}
