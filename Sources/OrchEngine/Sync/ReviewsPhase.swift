import OrchCore

/// Open pull requests: reviews, merges, and people's words for the agents behind them.
///
/// One conditional call a project where an agent reviews or a task is in review, which it shares with
/// `checks`; what else is asked is about pull requests that have changed.
struct ReviewsPhase: SyncPhase {
    static let name = "reviews"

    struct Picture {
        var seen: PullPicture
        /// Pull requests whose remarks were read.
        var read: Set<Int> = []
    }

    private let work: SyncWork

    init(_ work: SyncWork) { self.work = work }

    private var store: any Store { work.store }
    private var project: Project { work.project }

    // MARK: - Looking

    /// Enough tasks to know that there are some.
    private static let taskLimit = 1
    /// How many pull requests are read in one sync: the others have their turn in the next.
    private static let readLimit = 30

    func observe() throws -> Picture? {
        guard let forge = work.ports.pulls(project), try concerns() else { return nil }
        var picture = Picture(seen: PullPicture(project: project, now: work.now))
        let open = try work.openPulls(on: forge)
        if open.isEmpty { return nil }
        let runs = try store.openRuns().filter { $0.task.project == project.id }
        let breakers = try store.breakers()
        picture.seen.agents = work.ports.agents(project).filter {
            breakers[$0]?.until.isAwaited(work.now) != true
        }
        picture.seen.isPaused = try store.pauses().contains { $0.project == nil || $0.project == project.id }
        picture.seen.liveReviews = runs.count { $0.kind == .review && $0.state.isLive }
        let records = Dictionary(
            uniqueKeysWithValues: try store.pullRecords(of: project.id).map { ($0.number, $0) })
        let ledger = try work.ports.reviewLedger(project)?.entries() ?? []
        for pull in open {
            try work.keepLease()
            var watched = try known(pull, record: records[pull.number], runs: runs, ledger: ledger)
            if mayHaveNews(watched) {
                // Nothing is decided about what was not read: somebody may have said no.
                if picture.read.count == Self.readLimit { continue }
                picture.read.insert(pull.number)
                try read(&watched, from: forge, ledger: ledger)
                if records[pull.number] == nil { try date(&watched, on: forge) }
            }
            picture.seen.pulls.append(watched)
        }
        try addChecks(to: &picture.seen, from: forge)
        try addTrust(to: &picture.seen)
        return picture
    }

    /// Whether anything that the phase does can be due.
    private func concerns() throws -> Bool {
        if project.settings.workflow.enableReviewAgent { return true }
        return try [TaskStatus.inReview, .needsReview].contains {
            try !store.tasks(of: project.id, status: $0, limit: Self.taskLimit).isEmpty
        }
    }

    private func known(
        _ pull: TrackedPullRequest, record: PullRecord?, runs: [Run], ledger: [ReviewLedgerEntry]
    ) throws -> WatchedPull {
        var watched = try WatchedPull(pull, store: store, project: project.id, runs: runs)
        if let record {
            watched.record = record
            if record.commit != pull.commit {
                watched.record.commit = pull.commit
                watched.record.commitSince = work.now
            }
        }
        let rounds = try store.reviewRounds(of: pull.number, in: project.id)
        watched.round = rounds.last { $0.commit == pull.commit }
        watched.reviewRounds = rounds.count { $0.decision == .requestChanges && $0.state == .published }
        watched.isInReview = runs.contains { $0.task == Self.key(of: pull, in: project) }
        watched.isReviewedByV0 = ledger.contains {
            if case .review(pull.number, pull.commit, _) = $0 { watched.round == nil } else { false }
        }
        return watched
    }

    static func key(of pull: TrackedPullRequest, in project: Project) -> TaskKey {
        TaskKey(project: project.id, backend: .pull, id: "\(pull.number)")
    }

    private func mayHaveNews(_ watched: WatchedPull) -> Bool {
        guard watched.task != nil || project.settings.workflow.enableReviewAgent else { return false }
        return watched.record.readUntil.map { watched.pull.updatedAt > $0 } ?? true
    }

    private func read(
        _ watched: inout WatchedPull, from forge: any PullRequests, ledger: [ReviewLedgerEntry]
    ) throws {
        let pull = watched.pull
        let threads = watched.task != nil && !pull.isFromFork
        let since = watched.record.readUntil
        watched.remarks = try forge.remarks(on: pull.number, threads: threads).filter { remark in
            guard since.map({ remark.createdAt >= $0 }) ?? true else { return false }
            return !ledger.contains(.merge(pull: pull.number, commentedAt: remark.createdAt))
        }
    }

    /// A word that was there before orch may be about an earlier commit: it counts where it is younger than
    /// this one says of itself. Asked once a pull request, and only where there is such a word.
    private func date(_ watched: inout WatchedPull, on forge: any PullRequests) throws {
        let picture = PullPicture(project: project, now: work.now)
        guard watched.remarks.contains(where: { ReviewsRule.isMergeCommand($0, on: watched, in: picture) })
        else { return }
        let checks = try forge.checks(of: [watched.pull])[watched.pull.number]
        watched.record.commitSince = checks?.committedAt
    }

    /// Only those that nothing but a green check keeps from being merged.
    private func addChecks(to picture: inout PullPicture, from forge: any PullRequests) throws {
        guard project.settings.workflow.review.mergesApproved else { return }
        let waiting = picture.pulls.indices.filter {
            picture.pulls[$0].round?.state == .published && picture.pulls[$0].round?.decision == .approve
        }
        if waiting.isEmpty { return }
        let checks = try forge.checks(of: waiting.map { picture.pulls[$0].pull })
        for index in waiting { picture.pulls[index].checks = checks[picture.pulls[index].pull.number] }
    }

    /// Asked only of those whose review is due; what is known holds for an hour.
    private func addTrust(to picture: inout PullPicture) throws {
        guard project.settings.workflow.enableReviewAgent, let tracker = work.tracker() else { return }
        for index in picture.pulls.indices {
            let pull = picture.pulls[index]
            // A round that came to nothing is due again.
            guard pull.round.map({ $0.state == .running }) ?? true, !pull.isReviewedByV0, pull.task == nil
            else { continue }
            if work.ports.reviewsStrangers {
                picture.pulls[index].isAuthorTrusted = true
            } else if !pull.pull.isByStranger {
                picture.pulls[index].isAuthorTrusted = try tracker.mayWrite(pull.pull.author)
            }
        }
    }

    // MARK: - Doing

    static func decide(_ picture: Picture) -> [ReviewsRule.Step] { ReviewsRule.decide(picture.seen) }

    func perform(_ step: ReviewsRule.Step) throws {
        switch step {
        case .handBack(let pull, let words): try handBack(pull, words)
        case .review(let pull, let agent, let model, let number):
            try review(pull, by: agent, model: model, try: number)
        case .giveUp(let pull): try giveUp(pull)
        case .merge(let pull, let wish): try merge(pull, wish: wish)
        }
    }

    /// A pull request is dealt with where nothing that was said on it waits for its agent to be free, and
    /// what was decided about it was done. Since when its commit is known is kept in any case.
    func remember(_ picture: Picture, failed: [ReviewsRule.Step]) throws {
        let steps = Self.decide(picture)
        let undone = Set(failed.map(\.watched.pull.number))
        let known = Dictionary(
            uniqueKeysWithValues: try store.pullRecords(of: project.id).map { ($0.number, $0) })
        for watched in picture.seen.pulls {
            var record = watched.record
            let isWaiting =
                watched.task != nil && !ReviewsRule.words(in: watched, of: project).isEmpty
                && !steps.contains { if case .handBack(watched, _) = $0 { true } else { false } }
            if picture.read.contains(record.number), !isWaiting, !undone.contains(record.number) {
                record.readUntil = Self.end(of: watched.pull, now: picture.seen.now)
            }
            if record != known[record.number] { try store.record(record, in: project.id) }
        }
    }

    /// GitHub counts in seconds: in this very one more may be said than was read.
    private static func end(of pull: TrackedPullRequest, now: Timestamp) -> Timestamp {
        now.since(pull.updatedAt) > .seconds(2) ? pull.updatedAt : pull.updatedAt - .seconds(1)
    }

    private func handBack(_ pull: WatchedPull, _ words: [PullRemark]) throws {
        guard let task = pull.task else { return }
        let redaction = work.ports.redaction(project)
        let feedback = words.map { remark in
            var item = Feedback(
                task: task.key, pull: pull.pull.number, source: .person, key: ReviewsRule.key(of: remark).key,
                text: redaction.apply(to: FeedbackText.text(of: remark)).clipped(
                    toBytes: FeedbackText.itemLimitBytes), createdAt: remark.createdAt)
            item.author = remark.author
            return item
        }
        try work.handBack(feedback, to: task)
    }

    /// 1. The run and its round, in one transaction. 2. Its host. A crash in between leaves a run that
    ///    `rescue` gives a host.
    private func review(_ pull: WatchedPull, by agent: AgentName, model: String?, try number: Int) throws {
        var draft = RunDraft(
            task: Self.key(of: pull.pull, in: project), kind: .review, agent: agent,
            root: work.ports.attemptsRoot(project), now: work.now)
        draft.attempt = number
        draft.model = model
        let run = try store.atomically {
            guard let run = try store.beginRun(draft, changing: []) else {
                throw EngineError.alreadyRunning(draft.task.id)
            }
            try store.save(ReviewRound(of: pull.pull.commit, by: run, tries: number))
            return run
        }
        work.ports.hook(
            project, "on_pr_review_requested",
            ["ORCH_PR_URL": pull.pull.url, "ORCH_TASK_ID": pull.task?.key.id ?? ""])
        try work.acting.startHost(of: run)
    }

    private func giveUp(_ pull: WatchedPull) throws {
        guard var round = pull.round else { return }
        round.state = .failed
        round.changedAt = work.now
        try store.save(round)
        try work.audit(
            "review_failed", pull.task?.key, "pull request \(pull.pull.number) at \(pull.pull.commit)")
    }

    /// The effect first: it is pinned to a commit, and a second time finds nothing to merge. What the forge
    /// refuses is said once, where somebody has asked for it.
    private func merge(_ pull: WatchedPull, wish: PullRemark?) throws {
        guard let forge = work.ports.pulls(project) else { return }
        let number = pull.pull.number
        let strategy = project.settings.workflow.review.mergeStrategy
        switch try forge.merge(pull.pull, by: strategy) {
        case .merged:
            if let wish {
                try work.ports.reviewLedger(project)?.add(
                    .merge(pull: number, commentedAt: wish.createdAt), title: pull.pull.title, now: work.now)
            }
            try work.audit(
                "merge", pull.task?.key, by: wish?.author ?? "sync",
                "pull request \(number) at \(pull.pull.commit)")
            // That of a task is found merged by the next sync, as one that a person has merged.
            if pull.task == nil {
                work.ports.hook(project, "on_pr_merged", ["ORCH_PR_URL": pull.pull.url])
            }
        case .refused(let detail):
            try work.audit("merge_refused", pull.task?.key, "pull request \(number): \(detail)")
            guard let wish else { return try hold(pull) }
            let text = work.publicText.clean("It is not merged: \(detail)")
            let key = "merge-refused-\(number)-\(wish.id)"
            try forge.post(PullReview(decision: nil, text: text), on: number, key: key, mayExist: true)
        }
    }

    /// Not tried again at this commit.
    private func hold(_ pull: WatchedPull) throws {
        guard var round = pull.round else { return }
        round.state = .held
        round.changedAt = work.now
        try store.save(round)
    }
}

extension WatchedPull {
    /// What the store knows of it.
    init(_ pull: TrackedPullRequest, store: any Store, project: Project.ID, runs: [Run]) throws {
        self.init(pull)
        guard !pull.isFromFork, let task = try store.task(onBranch: pull.head, of: project),
            MergedRule.number(of: task).map({ $0 == pull.number }) ?? true
        else { return }
        self.task = task
        isBusy = runs.contains { $0.task == task.key }
        lastRunAt = try store.runs(of: task.key, limit: 1).first?.startedAt
        let feedback = try store.feedback(of: task.key)
        known = Set(feedback.map(\.key))
        checkRounds = feedback.count { $0.pull == pull.number && $0.key.source == .checks }
    }
}

extension SyncWork {
    /// Takes feedback down and gives the task to its agent again; one that waits for its agent stays as it
    /// is. Who is asked by a person has all attempts for it.
    func handBack(_ feedback: [Feedback], to task: AgentTask) throws {
        try requireUnchanged(task)
        var changes: [TaskChange] = []
        if feedback.contains(where: { $0.source == .person }) { changes.append(.attempts(0)) }
        if !task.status.isRunnable {
            changes += [
                .status(task.agent == nil ? .new : .routed), .parkedUntil(nil), .lastError(nil),
                .sameErrorCount(0),
            ]
        }
        guard try store.add(feedback, changing: changes) else { return }
        do { try acting.mirror(changes, of: task.key) } catch { throw SidecarLag(cause: error) }
    }
}
