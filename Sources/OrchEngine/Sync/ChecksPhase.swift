import OrchCore

/// The checks of agents' pull requests.
///
/// One conditional call, which it shares with `reviews`, and one for all checks, where tasks are in review.
struct ChecksPhase: SyncPhase {
    static let name = "checks"

    private let work: SyncWork

    init(_ work: SyncWork) { self.work = work }

    /// Nobody reviews more.
    private static let taskLimit = 1000
    /// How much of one log goes to the agent.
    private static let tailBytes = 6 << 10
    /// Of so many failing checks the logs are fetched.
    private static let logLimit = 5

    func observe() throws -> PullPicture? {
        guard let forge = work.ports.pulls(work.project), try concerns() else { return nil }
        let runs = try work.store.openRuns().filter { $0.task.project == work.project.id }
        let own = try work.openPulls(on: forge).map { pull in
            try WatchedPull(pull, store: work.store, project: work.project.id, runs: runs)
        }.filter(\.mayHandBack)
        if own.isEmpty { return nil }
        let checks = try forge.checks(of: own.map(\.pull))
        var picture = PullPicture(project: work.project, now: work.now)
        picture.pulls = own.map { pull in
            var pull = pull
            pull.checks = checks[pull.pull.number]
            return pull
        }
        return picture
    }

    private func concerns() throws -> Bool {
        try work.store.tasks(of: work.project.id, status: .inReview, limit: Self.taskLimit)
            .contains { $0.pullRequest != nil || $0.branch != nil }
    }

    static func decide(_ picture: PullPicture) -> [ChecksRule.Step] { ChecksRule.decide(picture) }

    func perform(_ step: ChecksRule.Step) throws {
        switch step {
        case .handBack(let pull, let failing, let key): try handBack(pull, failing, key: key)
        case .askPerson(let pull, let key, let reason): try ask(pull, key: key, reason: reason)
        }
    }

    /// The logs first; then the rows, in one transaction.
    private func handBack(_ pull: WatchedPull, _ failing: [PullCheck], key: String) throws {
        guard let task = pull.task, let forge = work.ports.pulls(work.project) else { return }
        let redaction = work.ports.redaction(work.project)
        var told: [(check: PullCheck, log: String)] = []
        for (index, var check) in failing.enumerated() {
            try work.keepLease()
            // Redacted before it is cut: twice what is kept is fetched, so that no half of a secret is at
            // its edge.
            let log = index < Self.logLimit ? try forge.logTail(of: check, bytes: 2 * Self.tailBytes) : ""
            check.summary = redaction.apply(to: check.summary)
            told.append((check, Self.end(of: redaction.apply(to: log))))
        }
        let text = redaction.apply(to: FeedbackText.text(of: told, commit: pull.pull.commit))
        let feedback = Feedback(
            task: task.key, pull: pull.pull.number, source: .checks, key: key, text: text,
            createdAt: work.now)
        try work.handBack([feedback], to: task)
        try work.audit("checks", task.key, ChecksRule.names(of: failing))
    }

    private static func end(of log: String) -> String {
        var room = tailBytes
        var lines: [Substring] = []
        for line in log.split(separator: "\n").reversed() {
            room -= line.utf8.count + 1
            if room < 0 { break }
            lines.append(line)
        }
        return lines.reversed().joined(separator: "\n")
    }

    /// The comment first, found again by its key; then the rows, the key among them, so that it is said once.
    private func ask(_ pull: WatchedPull, key: String, reason: String) throws {
        guard let task = pull.task else { return }
        try work.requireUnchanged(task)
        var comment = ResultComment(agent: task.agent ?? .orch, attempt: task.attempts, status: .needsReview)
        comment.reason = reason
        comment.owner = work.project.settings.workflow.reviewOwner
        try work.say(comment.text(work.publicText), on: task.key, key: "checks-\(key.prefix(16))")
        let changes: [TaskChange] = [.status(.needsReview), .lastError(reason)]
        let told = Feedback(
            task: task.key, pull: pull.pull.number, source: .checks, key: key, text: reason,
            createdAt: work.now)
        let isNew = try work.store.atomically {
            guard try work.store.add([told], changing: changes) else { return false }
            let notice = work.ports.noticing(work.project).became(.needsReview, task, reason: reason)
            try work.ports.note(notice)
            return true
        }
        guard isNew else { return }
        do { try work.acting.mirror(changes, of: task.key) } catch { throw SidecarLag(cause: error) }
    }
}
