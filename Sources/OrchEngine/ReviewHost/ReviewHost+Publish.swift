import OrchCore

extension ReviewHost {
    /// 1. The decision as a row. 2. The review on the pull request, found again by its key. 3. What follows
    ///    for the task, in one transaction with the round's end.
    func publish(_ answer: ReviewAnswer, of round: ReviewRound, on forge: any PullRequests) throws {
        var round = round
        if round.state == .running {
            round.state = .answered
            round.decision = answer.decision
            round.notes = answer.notes
            round.changedAt = now
            try store.save(round)
        }
        _ = try store.move(run.id, from: .running, to: .publishing)
        tell("\(answer.decision.rawValue): \(answer.notes.firstLine)")
        try publish(answer, of: round.commit, on: forge)
        try conclude(answer, of: round, on: forge)
    }

    private func conclude(_ answer: ReviewAnswer, of round: ReviewRound, on forge: any PullRequests) throws {
        _ = try perform(.status) { _ in
            note(answer.decision, of: round.commit, title: try fact(Self.titleFile) ?? "")
            var done = round
            done.state = .published
            done.changedAt = now
            let notice = ports.common.noticing(project).reviewed(
                number, answer.decision, by: run, notes: answer.notes)
            guard let task = try task() else {
                try store.atomically {
                    try store.save(done)
                    try ports.common.note(notice)
                }
                return answer.decision.rawValue
            }
            let changes = try changes(for: task, after: answer)
            let feedback = feedback(answer, for: task.key)
            try store.atomically {
                try store.save(done)
                if answer.decision == .approve {
                    try store.change(task.key, changes)
                } else {
                    try store.add([feedback], changing: changes)
                }
                try ports.common.note(notice)
                if changes.status == .needsReview {
                    let standstill = ports.common.noticing(project).became(
                        .needsReview, task, reason: changes.lastError ?? "")
                    try ports.common.note(standstill)
                }
            }
            mirror(answer, changes: changes, of: task.key)
            return answer.decision.rawValue
        }
    }

    /// The task whose pull request it is.
    private func task() throws -> AgentTask? {
        guard let branch = try fact(Self.branchFile) else { return nil }
        let task = try store.task(onBranch: branch, of: project.id)
        return task.flatMap { MergedRule.number(of: $0).map { $0 == number } ?? true ? $0 : nil }
    }

    private func feedback(_ answer: ReviewAnswer, for task: TaskKey) -> Feedback {
        var feedback = Feedback(
            task: task, pull: number, source: .review, key: "run-\(run.id.rawValue)", text: answer.notes,
            createdAt: now)
        feedback.author = run.agent.rawValue
        return feedback
    }

    /// What the decision does to the task. One that a person has meanwhile put elsewhere stays there; the
    /// next attempt is told all the same.
    private func changes(for task: AgentTask, after answer: ReviewAnswer) throws -> [TaskChange] {
        guard task.status == .inReview, !task.isHeld, !task.isClosed else { return [] }
        switch answer.decision {
        case .approve: return []
        case .requestChanges:
            let limit = project.settings.workflow.review.reviewRounds
            let rounds = try store.reviewRounds(of: number, in: project.id)
                .count { $0.decision == .requestChanges && $0.state == .published }
            guard rounds < limit else {
                return [
                    .status(.needsReview),
                    .lastError(
                        "reviews of pull request #\(number) still want changes after "
                            + "\(limit) \(limit == 1 ? "round" : "rounds")"),
                ]
            }
            return [
                .status(task.agent == nil ? .new : .routed), .parkedUntil(nil), .lastError(nil),
                .sameErrorCount(0),
            ]
        case .reject:
            let reason =
                "the review by \(run.agent) rejects pull request #\(number): " + answer.notes.firstLine
            return [.status(.needsReview), .lastError(reason.clipped(toBytes: 1000))]
        }
    }

    /// What v0 reads of a review in the task's sidecar.
    private func mirror(_ answer: ReviewAnswer, changes: [TaskChange], of task: TaskKey) {
        var values = SidecarImage.values(of: changes)
        values["review_decision"] = .text(answer.decision.rawValue)
        values["review_notes"] = .text(answer.notes)
        do {
            try ports.common.sidecars(project).merge(values, into: task)
        } catch {
            tell(error.problem)
        }
    }
}
