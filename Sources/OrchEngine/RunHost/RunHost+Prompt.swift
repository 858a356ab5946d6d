import OrchCore

extension RunHost {
    /// A planning task plans once; with children there, it works on what they brought.
    func isPlanning() throws -> Bool {
        guard task.labels.contains(Labels.plan) else { return false }
        return try store.children(of: run.task).isEmpty
    }

    /// Renders the prompts into the attempt's folder; a host that takes over reads back what was rendered, so
    /// that text which changed in between never reaches the agent.
    func preparePrompt(in worktree: Worktree) throws -> AgentRequest {
        _ = try perform(.prompt) { _ in
            let variables = try self.variables(in: worktree)
            let role = try isPlanning() ? "plan" : "system"
            let system = try ports.prompt(role, variables)
            let message = try ports.prompt("agent", variables)
            try ports.files.write(system, to: "system.md")
            try ports.files.write(message, to: "message.md")
            let hash = ports.digest(system + "\n" + message, 8)
            mirror(["prompt_hash": .text(hash)])
            return hash
        }
        let (system, message) = (try rendered("system.md"), try rendered("message.md"))
        var request = AgentRequest(
            agent: run.agent, model: run.model, systemPrompt: system, message: message,
            settings: agentSettings, places: places(in: worktree))
        request.taskID = run.task.id
        return request
    }

    private func rendered(_ name: String) throws -> String {
        let path = "\(run.directory)/\(name)"
        guard let text = try ports.files.read(path: path, limit: Self.promptLimitBytes) else {
            throw PromptError.gone(path: path)
        }
        return text
    }

    /// More than any model reads; a prompt over it is refused rather than cut.
    static let promptLimitBytes = 16 << 20

    private var agentSettings: AgentSettings {
        var settings = project.settings.agents[run.agent] ?? AgentSettings()
        settings.disallowedTools += project.settings.workflow.disallowedTools
        settings.isSandboxed = project.settings.workflow.sandbox
        return settings
    }

    func places(in worktree: Worktree) -> AgentRequest.Places {
        AgentRequest.Places(
            worktree: worktree.path, mainDirectory: project.directory, attemptDirectory: run.directory,
            answerPath: "\(worktree.path)/.orchestrator/output-\(run.task.id).json")
    }

    private func variables(in worktree: Worktree) throws -> [String: String] {
        let issue = run.task.backend == .internal ? "" : run.task.id
        let reference = project.settings.github.repository.map { "#\(issue) (\($0))" } ?? "#\(issue)"
        var variables = [
            "TASK_ID": run.task.id, "TASK_TITLE": HiddenComments.removed(from: task.title),
            "TASK_LABELS": task.labels.joined(separator: ","),
            "TASK_BODY": HiddenComments.removed(from: try store.body(of: run.task) ?? ""),
            "TASK_LAST_ERROR": try lastError(), "BRANCH_NAME": worktree.branch,
            "BASE_BRANCH": worktree.base, "WORKTREE_DIR": worktree.path,
            "OUTPUT_FILE": places(in: worktree).answerPath, "GH_ISSUE_NUMBER": issue,
            "GH_ISSUE_REF": issue.isEmpty ? "" : reference, "ATTEMPT": String(run.attempt),
            "ISSUE_COMMENTS": try comments(), "PARENT_CONTEXT": try parentContext(),
            // A branch that is new has nothing on it.
            "GIT_DIFF": task.branch == nil ? "" : try earlierWork(in: worktree),
            "CHILDREN": try childrenContext(), "PR_FEEDBACK": try feedback(),
            "TOOL_HISTORY": try toolHistory(),
        ]
        variables.merge(ports.context(task, worktree)) { ours, _ in ours }
        return variables
    }

    /// How many of the newest comments an agent is told.
    private static let commentLimit = 10

    /// What people have said since may be half of the task: only where there is nothing to be read for good
    /// does the agent begin without it.
    private func comments() throws -> String {
        guard let tracker = ports.common.tracker(project, run.task.backend) else { return "" }
        do {
            return try patiently { try tracker.comments(on: run.task.id, limit: Self.commentLimit) }
                .filter { !$0.body.contains("<!-- orch:") }
                .map {
                    "### \($0.author) (\($0.createdAt.iso8601))\n\(HiddenComments.removed(from: $0.body))\n---"
                }
                .joined(separator: "\n")
        } catch TrackerError.forbidden(let detail), TrackerError.notFound(let detail) {
            tell("the comments are not read: \(detail)")
            return ""
        }
    }

    /// The task's own word for it is forgotten by `orch task retry`, the last run's is not.
    private func lastError() throws -> String {
        if let error = task.lastError { return error }
        return try store.runs(of: run.task, limit: 2).first { $0.id != run.id }?.outcome?.message ?? ""
    }

    private func earlierWork(in worktree: Worktree) throws -> String {
        try ports.common.repository(project).summaryForRetry(of: worktree)
    }

    private func toolHistory() throws -> String {
        let earlier = try store.runs(of: run.task, limit: 10)
        guard let last = earlier.first(where: { $0.kind == .work && $0.id != run.id }) else { return "" }
        let path = "\(last.directory)/\(EventLog.name)"
        // A log that is gone, or longer than that, is only missing from the prompt.
        let log = try? ports.files.read(path: path, limit: ToolHistory.logLimitBytes)
        return ToolHistory.text(of: log ?? "")
    }

    private func parentContext() throws -> String {
        guard let key = task.parent, let parent = try store.task(key), Self.mayBeTold(parent) else {
            return ""
        }
        let siblings = try store.children(of: key).filter { $0.key != task.key && Self.mayBeTold($0) }
            .map(Self.line)
        var lines = ["Parent task #\(key.id): \(HiddenComments.removed(from: parent.title))"]
        if let summary = parent.summary, !summary.isEmpty { lines.append("Parent summary: \(summary)") }
        if !siblings.isEmpty { lines += ["", "Sibling tasks:"] + siblings }
        return lines.joined(separator: "\n")
    }

    /// How many checks, reviews and remarks an agent is told.
    private static let feedbackLimit = 50

    /// What has come back on the pull request since the last attempt that did well.
    private func feedback() throws -> String {
        FeedbackText.section(
            try store.pendingFeedback(for: run.task, before: run.id, limit: Self.feedbackLimit))
    }

    private func childrenContext() throws -> String {
        try store.children(of: run.task).filter(Self.mayBeTold)
            .map { "\(Self.line($0)) \($0.summary ?? "")" }.joined(separator: "\n")
    }

    /// v0's file says whose child a task is, and anybody may have written that task.
    private static func mayBeTold(_ relative: AgentTask) -> Bool {
        relative.isTrusted == true || relative.key.backend == .internal
    }

    private static func line(_ task: AgentTask) -> String {
        "\(task.key.id): \(HiddenComments.removed(from: task.title)) [\(task.status.rawValue)]"
    }
}
