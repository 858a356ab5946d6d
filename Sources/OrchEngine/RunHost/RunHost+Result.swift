import OrchCore

extension RunHost {
    /// The children of a plan; each is found again by its key, so that none is made twice.
    ///
    /// - Returns: their ids.
    func spawnChildren(_ delegations: [AgentAnswer.Delegation]) throws -> [String] {
        let made = try perform(.children) { _ in
            try delegations.enumerated().map { try spawn($1, number: $0) }.joined(separator: ",")
        }
        return made.split(separator: ",").map(String.init)
    }

    private func spawn(_ delegation: AgentAnswer.Delegation, number: Int) throws -> String {
        var draft = TaskDraft(
            title: publicText.clean(delegation.title), body: publicText.clean(delegation.body))
        draft.labels = Labels.delegated(delegation.labels)
        // A model names agents that nobody here has heard of, too; their runs would only fail.
        if let agent = delegation.suggestedAgent, ports.common.knownAgents(project).contains(agent) {
            draft.labels = Labels.replacing(Labels.agentPrefix, with: agent.rawValue, in: draft.labels)
        }
        draft.parent = run.task
        draft.key = "\(try outsideName())-child-\(number)"
        draft.firstTry = run.startedAt
        if let tracker = ports.common.tracker(project, run.task.backend), run.task.backend != .internal {
            let tracked = try patiently { try tracker.create(draft) }
            try record(tracked)
            return tracked.id
        }
        let key = try store.createInternalTask(draft, in: project.id, now: now)
        tell("child \(key.id): \(delegation.title)")
        return key.id
    }

    /// Whoever was trusted with the plan is trusted with its parts. A child that is known already, because a
    /// tick saw it first or a host before this one made it, may be at work: nothing else of its row changes.
    private func record(_ tracked: TrackedTask) throws {
        let key = TaskKey(project: project.id, backend: run.task.backend, id: tracked.id)
        try store.atomically {
            if try store.change(key, [.parent(run.task), .trusted(true)]) { return }
            var child = Merging.task(tracked, key: key)
            child.parent = run.task
            child.isTrusted = true
            try store.save([(child, tracked.body)], cursor: nil)
        }
    }

    /// One comment a run, found again by the run's own marker.
    func comment(_ outcome: RunOutcome, answer: AgentAnswer?, report: AgentReport) throws {
        guard let tracker = ports.common.tracker(project, run.task.backend) else { return }
        var comment = ResultComment(agent: run.agent, attempt: run.attempt, status: outcome.status)
        comment.model = report.model ?? run.model
        comment.summary = outcome.summary
        comment.reason = outcome.message
        comment.waitsFor = try awaitedChildren(outcome)
        comment.answer = answer
        comment.duration = now.since(run.startedAt)
        comment.usage = report.usage
        comment.denials = report.denials
        comment.pullRequest = outcome.pullRequest
        comment.owner = project.settings.workflow.reviewOwner
        if case .done(let hash) = try store.step(.prompt, of: run.id) { comment.promptHash = hash }
        let text = comment.text(publicText)
        let key = try outsideName()
        _ = try perform(.comment) { mayExist in
            let id = try patiently(mayExist: mayExist) { mayExist in
                try tracker.comment(text, on: run.task.id, key: key, mayExist: mayExist)
            }
            let hash = ports.digest(text, 16)
            mirror(["last_comment_hash": .text(hash)])
            try answerMention(outcome, key: key, mayExist: mayExist)
            return id
        }
    }

    /// A task that v0's `gh_mentions.sh` has made of a comment says what came of it where it was asked for,
    /// too: its sidecar names the thread. One of this repository, since an agent can write that file.
    private func answerMention(_ outcome: RunOutcome, key: String, mayExist: Bool) throws {
        guard run.task.backend == .github, let threads = ports.common.threads(project),
            let sidecar = try? ports.common.sidecars(project).read(run.task),  // A torn one names nobody.
            let thread = sidecar["mention_target_issue"], Int(thread) != nil, thread != run.task.id,
            sidecar["mention_target_repo"] == project.settings.github.repository?.description
        else { return }
        let text = MentionsRule.text(of: run.task, outcome.status, outcome, publicText)
        try patiently(mayExist: mayExist) { mayExist in
            try threads.reply(text, in: thread, key: "mention-\(key)", since: mayExist ? run.startedAt : nil)
        }
    }

    /// As they are linked to on the tracker: `#5`, `i5`.
    private func awaitedChildren(_ outcome: RunOutcome) throws -> [String] {
        guard outcome.waitsForChildren, case .done(let ids) = try store.step(.children, of: run.id)
        else { return [] }
        return ids.split(separator: ",").map { run.task.backend == .internal ? String($0) : "#\($0)" }
    }

    /// Shows where the task stands. What is done, and needs no pull request to be merged, is closed.
    func showStatus(_ outcome: RunOutcome) throws {
        let status = outcome.status == .inProgress ? TaskStatus.routed : outcome.status
        _ = try perform(.status) { _ in
            // Where a person has said something else meanwhile, that is shown.
            guard try store.task(run.task)?.status == .inProgress else { return "" }
            try patiently { try show(status) }
            if status == .done, outcome.pullRequest == nil, project.settings.workflow.autoClose,
                run.task.backend != .internal, let tracker = ports.common.tracker(project, run.task.backend)
            {
                try patiently { try tracker.close(run.task.id) }
            }
            return status.rawValue
        }
    }

    func notify(_ outcome: RunOutcome) throws {
        _ = try perform(.notify) { _ in
            let name =
                switch outcome.status {
                case .blocked where !outcome.waitsForChildren: "on_task_blocked"
                case .needsReview: "on_task_failed"
                default: "on_task_completed"
                }
            hook(
                name,
                ["ORCH_TASK_STATUS": outcome.status.rawValue, "ORCH_PR_URL": outcome.pullRequest ?? ""])
            return outcome.status.rawValue
        }
        tell("\(outcome.status.rawValue)" + (outcome.message.isEmpty ? "" : ": \(outcome.message)"))
    }

    /// Runs the user's command for a moment, with what v0 gives it.
    func hook(_ name: String, in worktree: Worktree? = nil, _ more: [String: String] = [:]) {
        var facts = [
            "ORCH_TASK_ID": run.task.id, "ORCH_TASK_TITLE": task.title, "ORCH_TASK_AGENT": run.agent.rawValue,
            "ORCH_TMUX_SESSION": run.session ?? "",
            "ORCH_GH_ISSUE": run.task.backend == .internal ? "" : run.task.id,
        ]
        if let worktree {
            facts["ORCH_WORKTREE_DIR"] = worktree.path
            facts["ORCH_BRANCH"] = worktree.branch
        }
        ports.hook(name, facts.merging(more) { _, given in given })
    }

    /// Writes what v0 reads of a result into the sidecar: its keys, its spelling.
    func recordInSidecar(_ outcome: RunOutcome, answer: AgentAnswer?, report: AgentReport) throws {
        var values: [String: SidecarValue] = [
            "status": .text(outcome.status.rawValue), "summary": .text(outcome.summary),
            "reason": .text(outcome.message),
            "needs_help": .text(answer?.needsHelp == true ? "true" : "false"),
            "duration": .text(String(max(0, now.since(run.startedAt).wholeSeconds))),
            "input_tokens": .text(String(report.usage.inputTokens)),
            "output_tokens": .text(String(report.usage.outputTokens)), "retry_at": .null,
            "last_error": outcome.failure == nil ? .null : .text(outcome.message),
        ]
        values["agent_model"] = .text(report.model ?? run.model ?? Adopting.standardModel)
        if let answer {
            values["accomplished"] = .list(answer.accomplished.map(ports.redaction.apply))
            values["remaining"] = .list(answer.remaining.map(ports.redaction.apply))
            values["blockers"] = .list(answer.blockers.map(ports.redaction.apply))
            values["files_changed"] = .list(answer.filesChanged.map(ports.redaction.apply))
        }
        mirror(values)
    }
}
