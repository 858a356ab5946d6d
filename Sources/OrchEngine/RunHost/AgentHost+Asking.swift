import OrchCore

extension AgentHost {
    /// Puts one question to the run's agent, which may read and change nothing, and stays with it to its end.
    ///
    /// A host that takes over finds the agent that an earlier one started, and its answer.
    func ask(
        _ question: String, of project: Project, adapter: any AgentAdapter, timeout: Duration
    ) throws -> AgentReport {
        let request = try request(question, about: project)
        let facts = [
            "ORCH_RUN": String(run.id.rawValue), "ORCH_TASK_ID": run.task.id, "GIT_TERMINAL_PROMPT": "0",
        ]
        let environment = ports.environment(adapter, request.settings).merging(facts) { _, fact in fact }
        var workflow = project.settings.workflow
        workflow.timeout = timeout
        workflow.timeoutByComplexity = [:]
        func report(mayStart: Bool) throws -> AgentReport {
            let limits = RunLimits(
                workflow: workflow, complexity: .assumed, elapsed: now.since(run.startedAt),
                uptime: ports.uptime())
            var watch = AgentWatch(
                host: self, adapter: adapter, environment: environment, limits: limits, mayStart: mayStart)
            return try watch.report(on: request)
        }
        var answered: AgentReport?
        _ = try perform(.agent) { _ in
            let ended = try report(mayStart: true)
            answered = ended
            return ended.failure?.word ?? "answered"
        }
        return try answered ?? report(mayStart: false)
    }

    /// Renders it once: a host that takes over reads back what the agent was asked.
    func question(_ role: String, _ variables: () throws -> [String: String]) throws -> String {
        _ = try perform(.prompt) { _ in
            let text = try ports.prompt(role, try variables())
            try ports.files.write(text, to: "message.md")
            return ports.digest(text, 8)
        }
        let path = "\(run.directory)/message.md"
        guard let text = try ports.files.read(path: path, limit: RunHost.promptLimitBytes) else {
            throw PromptError.gone(path: path)
        }
        return text
    }

    private func request(_ question: String, about project: Project) throws -> AgentRequest {
        let places = AgentRequest.Places(
            worktree: project.directory, mainDirectory: project.directory, attemptDirectory: run.directory,
            answerPath: "\(run.directory)/output.json")
        var request = AgentRequest(
            agent: run.agent, model: run.model, systemPrompt: "", message: question,
            settings: readingSettings(in: project), places: places)
        request.taskID = run.task.id
        return request
    }

    /// Who is asked, or reviews, has nothing to do but to read.
    func readingSettings(in project: Project) -> AgentSettings {
        (project.settings.agents[run.agent] ?? AgentSettings())
            .reading(refusing: project.settings.workflow.disallowedTools)
    }
}
