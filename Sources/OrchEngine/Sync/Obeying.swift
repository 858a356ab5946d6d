import OrchCore

/// Does what a slash command says, and finds the words for the answer.
///
/// Each order sets the task to a state, so that a second time changes nothing.
struct Obeying {
    let work: SyncWork
    let said: CommandsRule.Said

    private var author: String { said.comment.comment.author }
    private var steering: Steering { work.steering(by: author) }

    /// - Throws: where trying again may help; what is refused for good is the answer.
    func answer(to command: SlashCommand) throws -> String {
        do {
            let order = try Order(command, agents: work.ports.knownAgents(work.project))
            guard said.task.isTrusted == true || order == .help || order == .close else {
                return Self.refusal(
                    "the author of this issue may not drive orch here",
                    fix: "`workflow.allowed_authors` lets them")
            }
            return "✅ Applied `/\(command.name)`: \(try obey(order, command))."
        } catch let error as TrackerError where !error.isRefusal {
            throw error
        } catch let error as StoreError {
            throw error
        } catch let error as HelpWanted {
            return error.text
        } catch let error as any Explained {
            return Self.refusal(error.problem, fix: error.fix)
        }
    }

    private static func refusal(_ problem: String, fix: String) -> String {
        "❌ Not done: \(problem)" + (fix.isEmpty ? "." : "; \(fix).")
    }

    /// The one order whose answer is nothing but text.
    private struct HelpWanted: Error { let text: String }

    private func obey(_ order: Order, _ command: SlashCommand) throws -> String {
        switch order {
        case .help: throw HelpWanted(text: Order.help(agents: work.ports.knownAgents(work.project)))
        case .retry:
            try addContext(command.words)
            try restart(keepingAgent: false)
            return "the task starts anew (`status:new`)"
        case .reroute:
            try restart(keepingAgent: false)
            return "an agent is chosen anew"
        case .unblock:
            try restart(keepingAgent: true)
            return "the task goes on"
        case .assign(let agent):
            _ = try steering.pin(try restart(keepingAgent: false), to: agent, model: nil)
            return "the task goes to \(agent)"
        case .context(let text): return try context(text)
        case .priority(let level): return try priority(level)
        case .close: return try close()
        case .block(let reason): return try block(reason)
        case .pause:
            try label(adding: [Labels.noAgent])
            try stopRun()
            return "nobody works on it until `/resume` (label `\(Labels.noAgent)`)"
        case .resume:
            try label(removing: [Labels.noAgent])
            if try !fresh().status.isRunnable { try restart(keepingAgent: true) }
            return "the task goes on"
        case .review: return try review()
        }
    }

    private func fresh() throws -> AgentTask {
        guard let task = try work.store.task(said.task.key) else {
            throw EngineError.taskMissing(said.task.key.id)
        }
        return task
    }

    /// The task at its start; an issue that is closed is opened for it.
    @discardableResult
    private func restart(keepingAgent: Bool) throws -> AgentTask {
        let task = try fresh()
        if task.isClosed {
            try work.tracker(task.key.backend)?.reopen(task.key.id)
            try work.store.change(task.key, [.closed(false)])
        }
        _ = try steering.retry(try fresh(), keepingAgent: keepingAgent)
        return try fresh()
    }

    private func addContext(_ text: String) throws {
        if text.isEmpty { return }
        let moment = said.comment.comment.createdAt.iso8601
        try work.ports.addContext(
            work.project, said.task.key, "### Owner context (\(author) \(moment))\n\(text)\n---\n")
    }

    private func context(_ text: String) throws -> String {
        try addContext(text)
        if said.isRunning {
            _ = try steering.say(text, to: try fresh(), request: said.request)
            return "its agent is told"
        }
        if try !fresh().status.isRunnable { try restart(keepingAgent: true) }
        return "agents are told so from now on"
    }

    private func priority(_ level: Complexity) throws -> String {
        let task = try fresh()
        let label = Labels.complexityPrefix + level.rawValue
        let shown = task.labels.filter { $0.hasPrefix(Labels.complexityPrefix) && $0 != label }
        // A label speaks louder than the row.
        if !shown.isEmpty {
            try work.tracker(task.key.backend)?.apply(
                LabelChange(added: [label], removed: shown), to: task.key.id)
        }
        try change([.complexity(level)])
        if !said.isRunning, !task.status.isRunnable { try restart(keepingAgent: true) }
        return "its complexity is `\(level.rawValue)`"
    }

    private func close() throws -> String {
        try stopRun()
        let task = try fresh()
        try work.show(.done, of: task)
        try work.tracker(task.key.backend)?.close(task.key.id)
        try change([.status(.done), .lastError(nil), .held(false), .closed(true)])
        return "the task is `status:done`, and the issue closed"
    }

    private func block(_ reason: String) throws -> String {
        try stopRun()
        try work.show(.blocked, of: try fresh())
        try change([.status(.blocked), .lastError(reason.isEmpty ? "blocked by \(author)" : reason)])
        return "nobody works on it until `/unblock`"
    }

    private func review() throws -> String {
        guard let number = MergedRule.number(of: try fresh()) else {
            throw Order.Mistake(problem: "the task has no pull request", fix: "")
        }
        guard work.project.settings.workflow.enableReviewAgent else {
            throw Order.Mistake(
                problem: "no agent reviews in this project", fix: "`workflow.enable_review_agent` lets one")
        }
        // A commit that nobody has reviewed is anyway.
        if var round = try work.store.reviewRounds(of: number, in: work.project.id).last,
            round.state != .running
        {
            round.state = .running
            round.tries = 0
            round.decision = nil
            try work.store.save(round)
        }
        return "pull request #\(number) is reviewed once more"
    }

    /// On the tracker and in the row, so that the next tick need not have seen it.
    private func label(adding added: [String] = [], removing removed: [String] = []) throws {
        let task = try fresh()
        try work.tracker(task.key.backend)?.apply(
            LabelChange(added: added, removed: removed), to: task.key.id)
        let kept = task.labels.filter { !removed.contains($0) && !added.contains($0) }
        try change([.labels(kept + added)])
    }

    private func stopRun() throws {
        if said.isRunning { _ = try steering.stop(try fresh()) }
    }

    private func change(_ changes: [TaskChange]) throws {
        do { try work.change(try fresh(), changes) } catch is SidecarLag {
            // v0's file is behind; the row is not.
        }
    }
}
