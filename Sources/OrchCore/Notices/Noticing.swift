/// What is worth a notice, and in which words, without a secret: what it quotes is redacted before it is cut.
package struct Noticing {
    private let project: Project
    private let now: Timestamp
    private let redaction: Redaction

    package init(_ project: Project, now: Timestamp, redaction: Redaction) {
        self.project = project
        self.now = now
        self.redaction = redaction
    }

    /// What is quoted of titles and reasons, in bytes: a notice is to be read at a glance.
    private static let titleBytes = 80
    private static let reasonBytes = 300
    /// The same news again within so long is told once.
    private static let bucketSeconds = 600

    // Tasks and their runs

    package func started(_ run: Run, of task: AgentTask) -> Notice {
        let attempt = run.attempt > 1 ? ", attempt \(run.attempt)" : ""
        let key = "run:\(run.id.rawValue):started"
        var notice = notice(.runStarted, task, "\(run.agent) begins\(attempt)", key: key)
        notice.run = run.id
        return notice
    }

    /// What an ended run has made of its task; nil where it goes on by itself.
    package func ended(_ run: Run, of task: AgentTask, _ consequence: Consequence) -> Notice? {
        guard let status = consequence.changes.status else { return nil }
        let reason = consequence.note
        var notice = became(status, task, reason: reason, key: "run:\(run.id.rawValue):\(status.rawValue)")
        notice?.run = run.id
        if status == .inReview || status == .done, let url = run.outcome?.pullRequest { notice?.url = url }
        return notice
    }

    /// What a task has become without a run.
    package func became(_ status: TaskStatus, _ task: AgentTask, reason: String) -> Notice? {
        let bucket = now.seconds / Self.bucketSeconds
        let key = "task:\(Self.name(task.key)):\(status.rawValue):\(bucket)"
        return became(status, task, reason: reason, key: key)
    }

    private func became(_ status: TaskStatus, _ task: AgentTask, reason: String, key: String) -> Notice? {
        let why = reason.isEmpty ? "" : ": " + line(reason, Self.reasonBytes)
        switch status {
        case .needsReview: return notice(.needsReview, task, "needs a person\(why)", key: key)
        // Without a reason it waits for its children.
        case .blocked where !reason.isEmpty: return notice(.blocked, task, "is blocked\(why)", key: key)
        case .inReview: return notice(.inReview, task, "is in review", key: key)
        case .done: return notice(.taskDone, task, "is done", key: key)
        case .new, .routed, .inProgress, .blocked: return nil
        }
    }

    /// - Parameter silence: how long it has said nothing.
    package func idle(_ run: Run, of task: AgentTask, silence: Duration, number: Int) -> Notice {
        let words = "\(run.agent) has said nothing for \(silence.brief)"
        var notice = notice(.agentIdle, task, words, key: "run:\(run.id.rawValue):idle:\(number)")
        notice.run = run.id
        return notice
    }

    // Pull requests

    package func opened(_ url: String, by run: Run, of task: AgentTask) -> Notice {
        var notice = notice(.pullOpened, task, "\(run.agent) opened a pull request", key: "opened:\(url)")
        notice.url = url
        notice.run = run.id
        return notice
    }

    package func merged(_ pull: TrackedPullRequest, of task: AgentTask) -> Notice {
        var notice = notice(
            .pullMerged, task, "pull request #\(pull.number) is merged", key: "merged:\(pull.url)")
        notice.url = pull.url
        return notice
    }

    package func reviewed(_ pull: Int, _ decision: ReviewDecision, by run: Run, notes: String) -> Notice {
        let verdict =
            switch decision {
            case .approve: "approves"
            case .requestChanges: "wants changes in"
            case .reject: "rejects"
            }
        let text = "\(run.agent) \(verdict) pull request #\(pull): " + line(notes, Self.reasonBytes)
        var notice = Notice(
            .review, key: "run:\(run.id.rawValue):review", about: run.task, text: "\(project.name): \(text)",
            at: now)
        notice.run = run.id
        return notice
    }

    // What is no one task's

    /// An agent that is left alone for a while.
    ///
    /// - Parameter failure: what was found out of it.
    package func resting(_ agent: AgentName, _ breaker: Breaker, after failure: AgentFailure?) -> Notice {
        let isLimit = if case .usageLimit = failure { true } else { false }
        let text =
            (isLimit ? "\(agent) is at its limit" : "\(agent) cannot be used")
            + ", it rests until \(breaker.until.iso8601): " + line(breaker.reason, Self.reasonBytes)
        // All runs that meet the same limit within the hour tell the same news.
        let kind: Notice.Kind = isLimit ? .agentLimit : .agentBroken
        let key = "agent:\(agent):\(kind.rawValue):\(now.seconds / 3600)"
        return Notice(kind, key: key, text: text, at: now)
    }

    package func failed(_ job: Run) -> Notice {
        let why = job.outcome.map { ": " + line($0.message, Self.reasonBytes) } ?? ""
        var notice = Notice(
            .jobFailed, key: "run:\(job.id.rawValue):failed", about: job.task,
            text: "\(project.name): job \(job.task.id) failed\(why)", at: now)
        notice.run = job.id
        return notice
    }

    package func deliveries(_ step: DeliveriesRule.Step, _ watch: HookWatch) -> Notice {
        let bucket = now.seconds / Self.bucketSeconds
        let key = "webhook:\(project.id.rawValue):\(watch.verdict.rawValue):\(bucket)"
        var notice = Notice(
            .deliveries, key: key,
            text: "\(project.name): webhooks: \(line(step.sentence, Self.reasonBytes))",
            at: now)
        notice.project = project.id
        return notice
    }

    // Words

    private func notice(_ kind: Notice.Kind, _ task: AgentTask, _ words: String, key: String) -> Notice {
        let title = line(task.title, Self.titleBytes)
        var notice = Notice(
            kind, key: key, about: task.key,
            text: "\(project.name): task \(task.key.id) “\(title)” \(words)", at: now)
        notice.url = task.url
        return notice
    }

    /// Redacted behind colours, which could hide a secret.
    private func line(_ text: String, _ limit: Int) -> String {
        redaction.apply(to: Printable.text(text)).firstLine.clipped(toBytes: limit)
    }

    private static func name(_ key: TaskKey) -> String {
        "\(key.project.rawValue):\(key.backend.rawValue):\(key.id)"
    }
}
