import OrchCore

extension RunHost {
    /// Starts the agent, or finds the one that an earlier host started, and stays with it until it is over.
    ///
    /// The report is read anew from the agent's own output by a host that takes over, so
    /// nothing of it can be lost.
    func workAgent(
        _ request: AgentRequest, adapter: any AgentAdapter, in worktree: Worktree
    ) throws -> AgentReport {
        if try store.step(.agent, of: run.id) == .notBegun {
            try ports.files.makeDirectory("\(request.worktree)/.orchestrator")
            // An answer of an earlier attempt must not be taken for this one's.
            try ports.files.remove(path: request.answerPath)
            try ports.files.write(now.iso8601, to: Self.startFile)
            hook("on_task_started", in: worktree)
        }
        let settings = request.settings
        let environment = ports.environment(adapter, settings).merging(facts(request)) { _, fact in fact }
        var report: AgentReport?
        _ = try perform(.agent) { _ in
            hook("on_agent_session_start", in: worktree)
            let ended = try watch(request, adapter: adapter, environment: environment, mayStart: true)
            hook("on_agent_session_end", in: worktree)
            report = ended
            return ended.failure?.word ?? "answered"
        }
        if let report { return report }
        return try watch(request, adapter: adapter, environment: environment, mayStart: false)
    }

    private static let startFile = "started-at.txt"

    func noteIdleness(_ silence: Duration, number: Int) throws {
        let notice = ports.common.noticing(project).idle(run, of: task, silence: silence, number: number)
        try ports.common.note(notice)
        hook("on_agent_idle", ["ORCH_IDLE_SECONDS": String(silence.wholeSeconds)])
    }

    /// When the agent's time began: not with the run, which may have waited for a network first.
    func agentStart() throws -> Timestamp {
        try ports.files.read(path: "\(run.directory)/\(Self.startFile)", limit: 64)
            .flatMap { Timestamp(iso8601: $0) } ?? run.startedAt
    }

    private func watch(
        _ request: AgentRequest, adapter: any AgentAdapter, environment: [String: String], mayStart: Bool
    ) throws -> AgentReport {
        let limits = RunLimits(
            workflow: project.settings.workflow, complexity: task.assumedComplexity,
            elapsed: now.since(try agentStart()), uptime: ports.uptime())
        var watch = AgentWatch(
            host: self, adapter: adapter, environment: environment, limits: limits, mayStart: mayStart)
        return try watch.report(on: request)
    }

    /// What every agent finds in its environment.
    private func facts(_ request: AgentRequest) -> [String: String] {
        let identity = self.identity
        return [
            "ORCH_RUN": String(run.id.rawValue), "ORCH_TASK_ID": run.task.id,
            "ORCH_ANSWER_FILE": request.answerPath, "OUTPUT_FILE": request.answerPath,
            "ORCH_WORKTREE": request.worktree,
            "GIT_AUTHOR_NAME": identity.name, "GIT_AUTHOR_EMAIL": identity.email,
            "GIT_COMMITTER_NAME": identity.name, "GIT_COMMITTER_EMAIL": identity.email,
            "GIT_TERMINAL_PROMPT": "0",
        ]
    }

    /// Whose commits these are: one identity an agent, unless the config names another.
    var identity: Identity {
        let git = project.settings.git
        return Identity(
            name: git.name.isEmpty ? "\(run.agent)[bot]" : git.name,
            email: git.email.isEmpty ? "\(run.agent)[bot]@users.noreply.github.com" : git.email)
    }
}
