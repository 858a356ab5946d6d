import OrchCore

extension RunHost {
    /// Makes the result visible:
    /// commit → push → pull request → children → comment → status → notify.
    func publish(_ reading: Reading, report: AgentReport, in worktree: Worktree) throws -> RunOutcome {
        _ = try store.move(run.id, from: .running, to: .publishing)
        var outcome: RunOutcome
        var answer: AgentAnswer?
        switch reading {
        case .failure(let failure, let message):
            outcome = RunOutcome(failure: failure, status: .needsReview, message: message)
        case .answer(let given):
            answer = given
            outcome = try publishWork(given, in: worktree)
        }
        outcome.message = ports.redaction.apply(to: outcome.message)
        outcome.summary = ports.redaction.apply(to: outcome.summary)
        try recordInSidecar(outcome, answer: answer, report: report)
        try show(outcome, answer: answer, report: report)
        return outcome
    }

    /// Comment, status, notice. A tracker that refuses them for good (a right that is missing, an issue
    /// that is gone), or a person who ends the waiting for it, takes nothing from the result: the tick
    /// writes the label again, and the log says what is missing.
    private func show(_ outcome: RunOutcome, answer: AgentAnswer?, report: AgentReport) throws {
        if Self.isShown(outcome) {
            try orAudited { try comment(outcome, answer: answer, report: report) }
            try orAudited { try showStatus(outcome) }
        }
        try notify(outcome)
    }

    private func orAudited(_ act: () throws -> Void) throws {
        do {
            try act()
        } catch let error as any Explained where error is TrackerError || error is StopRequested {
            audit("unpublished", error.problem)
            tell("\(error.problem); \(error.fix)")
        }
    }

    /// A repository or an agent that could not be had at all: there is a comment, and nothing else.
    func publishFailure(of error: any Explained) throws -> RunOutcome {
        let outcome = self.outcome(of: error)
        if Self.isShown(outcome) { try show(outcome, answer: nil, report: AgentReport()) }
        return outcome
    }

    private func outcome(of error: any Explained) -> RunOutcome {
        var outcome = RunOutcome(status: .needsReview)
        outcome.message = ports.redaction.apply(to: "\(error.problem); \(error.fix)")
        switch error {
        case AgentKeeperError.programMissing(let name):
            outcome.failure = .programMissing(name)
            outcome.message = FailureText.sentence(for: .programMissing(name), agent: run.agent, said: "")
        // All come before the agent: a network that comes back, and a person, mend them for all tasks at
        // once.
        case RepositoryError.fetchFailed, RepositoryError.settingsChanged, is TrackerError:
            outcome.failure = .notStarted
        case is RepositoryError: outcome.failure = .repository
        case is StopRequested: outcome.failure = .stopped
        default: break
        }
        return outcome
    }

    /// What the next tick mends by itself (another agent, another attempt) is no news for the task's readers.
    static func isShown(_ outcome: RunOutcome) -> Bool {
        switch outcome.failure {
        case .usageLimit, .authentication, .programMissing, .notStarted, .lost, .contextOverflow: false
        default: true
        }
    }

    /// Work is published when the agent says that there is some; otherwise it stays
    /// in the worktree, untouched.
    private func publishWork(_ answer: AgentAnswer, in worktree: Worktree) throws -> RunOutcome {
        let repository = ports.common.repository(project)
        let isPlanning = try store.step(.children, of: run.id) != .notBegun || self.isPlanning()
        let forge = ports.common.forge(project)
        var evidence = Judging.Evidence(
            commitsAhead: 0, isPushed: false, hasForge: forge != nil, hasRemote: worktree.hasRemote)
        evidence.isPlanning = isPlanning
        evidence.isWordEnough = !project.settings.workflow.verifyDone
        evidence.needsNoCode = !Set([Labels.plan, Labels.noCode]).isDisjoint(with: task.labels)
        func stopped(_ reason: String, by failure: AgentFailure? = nil) -> RunOutcome {
            RunOutcome(failure: failure, status: .needsReview, message: reason, summary: answer.summary)
        }
        if answer.status == .done || answer.status == .inProgress {
            try commit(in: worktree, repository: repository)
            evidence.commitsAhead = try repository.commitsAhead(of: worktree)
            if evidence.commitsAhead > 0, worktree.hasRemote {
                if let refusal = try push(worktree, repository: repository) {
                    return stopped(refusal, by: .repository)
                }
                // A push that returns has seen that the remote holds the work.
                evidence.isPushed = true
                do {
                    evidence.pullRequest = try forge.flatMap {
                        try openPullRequest(answer, on: $0, in: worktree)
                    }
                } catch let error as TrackerError {
                    return stopped("no pull request: \(error.problem); \(error.fix)")
                }
            }
        }
        do {
            if evidence.isWordEnough { evidence.pullRequest = try openOne(on: forge, in: worktree) }
        } catch let error as TrackerError {
            return stopped("no pull request is found: \(error.problem); \(error.fix)")
        }
        do {
            if isPlanning { evidence.children = try spawnChildren(answer.delegations).count }
        } catch let error as TrackerError {
            return stopped("not all children were made: \(error.problem); \(error.fix)")
        }
        return Judging.outcome(of: answer, evidence: evidence)
    }

    /// What the forge itself calls open, as v0 asked it; where nothing was pushed only a review has use for
    /// it.
    private func openOne(on forge: (any Forge)?, in worktree: Worktree) throws -> String? {
        guard worktree.hasRemote || project.settings.workflow.enableReviewAgent else { return nil }
        return try forge.flatMap { forge in try patiently { try forge.pullRequest(of: worktree.branch) } }?
            .url
    }

    private func commit(in worktree: Worktree, repository: any Repository) throws {
        _ = try perform(.commit) { _ in
            let number = run.task.backend == .internal ? "" : " (Closes #\(run.task.id))"
            let message = """
                feat: \(publicText.clean(task.title).firstLine.clipped(toBytes: 200))

                Task #\(run.task.id)\(number)
                Agent: \(run.agent)
                Attempt: \(run.attempt)
                """
            let made = try repository.commitAll(in: worktree.path, message: message, author: identity)
            return made ?? ""
        }
    }

    /// - Returns: why the remote refused; nil where it holds the work now.
    private func push(_ worktree: Worktree, repository: any Repository) throws -> String? {
        do {
            _ = try perform(.push) { _ in
                try checkSettings(worktree, in: repository)
                try patiently { try repository.push(worktree) }
                hook("on_branch_pushed", in: worktree)
                return worktree.branch
            }
            return nil
        } catch let error as RepositoryError {
            return "\(error.problem); \(error.fix)"
        }
    }

    /// - Returns: its address.
    private func openPullRequest(
        _ answer: AgentAnswer, on forge: any Forge, in worktree: Worktree
    ) throws -> String {
        let issue = run.task.backend == .internal ? nil : run.task.id
        let draft = PullRequestText.draft(
            PullRequestText.Report(task: task, answer: answer, agent: run.agent),
            worktree: worktree, issue: issue, text: publicText)
        return try perform(.pullRequest) { _ in
            let url = try patiently { try forge.openPullRequest(draft) }.url
            if task.pullRequest != url { hook("on_pr_created", in: worktree, ["ORCH_PR_URL": url]) }
            try store.atomically {
                try store.change(run.task, [.pullRequest(url)])
                guard task.pullRequest != url else { return }
                let notice = ports.common.noticing(project).opened(url, by: run, of: task)
                try ports.common.note(notice)
            }
            tell("pull request \(url)")
            return url
        }
    }
}
