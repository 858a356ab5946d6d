package import OrchCore

/// What came of a person's word on what an agent has done.
package enum Approved: Equatable {
    /// Said on the pull request, which waits for being merged.
    case pullRequest(url: String)
    /// There was nothing to merge: the task is done.
    case done
}

extension Steering {
    /// A person says that what the agent did is good.
    ///
    /// 1. Say so on the pull request, once a commit. 2. A review of this commit counts as an approval from
    ///    now on, so that what merges approved ones merges it. 3. A task that waited for a person waits for
    ///    the merge. Where the agent needed no pull request and a person was asked, the task is done.
    ///
    /// - Throws: `.nothingToApprove` where nothing waits for such a word.
    package func approve(_ task: AgentTask) throws -> Approved {
        try requireIdle(task)
        guard let number = MergedRule.number(of: task) else { return try accept(task) }
        let pull = try openPull(number, of: task)
        let review = PullReview(decision: .approve, text: "Approved, through orch.", commit: pull.commit)
        try pulls().post(review, on: number, key: "approve-\(pull.commit)", mayExist: true)
        try countAsApproved(number, at: pull.commit)
        if task.status == .needsReview {
            let work = syncWork
            try work.show(.inReview, of: task)
            try mirrored { try work.change(task, [.status(.inReview), .lastError(nil)]) }
        }
        try audit("approve", task.key, "pull request \(number) at \(pull.commit)")
        return .pullRequest(url: pull.url)
    }

    /// Merges the task's pull request as it stands, and draws the consequences as a sync would.
    ///
    /// The effect first, pinned to the commit: after a crash behind it the next sync finds the pull request
    /// merged, because the task is in review by then.
    /// - Returns: the pull request's address.
    package func merge(_ task: AgentTask) throws -> String {
        try requireIdle(task)
        guard let number = MergedRule.number(of: task) else { throw SteeringError.noPullRequest(task.key.id) }
        let pull = try openPull(number, of: task)
        if task.status != .inReview { try store.change(task.key, [.status(.inReview), .lastError(nil)]) }
        let strategy = project.settings.workflow.review.mergeStrategy
        if case .refused(let detail) = try pulls().merge(pull, by: strategy) {
            try audit("merge_refused", task.key, "pull request \(number): \(detail)")
            throw SteeringError.mergeRefused(task.key.id, url: pull.url, detail: detail)
        }
        try audit("merge", task.key, "pull request \(number) at \(pull.commit)")
        guard let reviewed = try store.task(task.key) else { throw EngineError.taskMissing(task.key.id) }
        try mirrored { try MergedPhase(syncWork).perform(.finish(reviewed, pull)) }
        return pull.url
    }

    private func pulls() throws -> any PullRequests {
        guard let forge = ports.pulls(project) else { throw SteeringError.noGitHub(project: project.name) }
        return forge
    }

    private func openPull(_ number: Int, of task: AgentTask) throws -> TrackedPullRequest {
        guard let pull = try pulls().pull(number) else {
            throw SteeringError.pullNotOpen(task.key.id, url: task.pullRequest ?? "#\(number)")
        }
        return pull
    }

    /// One that is under way comes to its own decision, which then is this commit's.
    private func countAsApproved(_ number: Int, at commit: String) throws {
        let rounds = try store.reviewRounds(of: number, in: project.id)
        guard var round = rounds.last(where: { $0.commit == commit }) else { return }
        switch round.state {
        case .running, .answered: return
        case .published, .held, .failed:
            round.state = .published
            round.decision = .approve
            round.changedAt = now
            try store.save(round)
        }
    }

    private func accept(_ task: AgentTask) throws -> Approved {
        guard task.status == .needsReview else {
            throw SteeringError.nothingToApprove(task.key.id, task.status)
        }
        let work = syncWork
        try work.show(.done, of: task)
        let changes: [TaskChange] = [.status(.done), .lastError(nil), .held(false)]
        try mirrored { try work.change(task, try changes + work.closing(task)) }
        try audit("approve", task.key, "done, as \(actor) says")
        return .done
    }

    /// What a sync works with, for one deed of a person's.
    private var syncWork: SyncWork {
        SyncWork(
            ports: ports, project: project, isDryRun: false, keepLease: {}, memory: SyncMemory(),
            isByHand: true)
    }

    /// v0's file being behind is no failure of what was done.
    private func mirrored(_ work: () throws -> Void) throws {
        do { try work() } catch is SidecarLag {
            // The row is right; the next change of the task writes the file anew.
        }
    }
}
