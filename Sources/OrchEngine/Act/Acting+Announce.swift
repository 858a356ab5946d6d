import OrchCore

extension Acting {
    /// Says on the task itself why it does not go on, where no run of it has said so: a label alone tells
    /// nobody what to do.
    ///
    /// After the row, and only tried: a tracker that refuses keeps no decision from having been made, and
    /// the label says at least that much.
    func announce(_ decision: Decision, task: AgentTask?) {
        guard let (status, reason) = Self.stop(by: decision), let project = projects[decision.task.project],
            let tracker = ports.tracker(project, decision.task.backend)
        else { return }
        let agent = task?.agent ?? .orch
        var comment = ResultComment(agent: agent, attempt: task?.attempts ?? 0, status: status)
        comment.reason = reason
        comment.owner = project.settings.workflow.reviewOwner
        let text = comment.text(PublicText(ports.redaction(project)))
        do {
            let key = "tick-\(try ports.store.instance())-\(ports.now().seconds)"
            _ = try tracker.comment(text, on: decision.task.id, key: key, mayExist: false)
        } catch {
            let entry = AuditEntry(
                at: ports.now(), actor: "tick", task: decision.task, run: nil, act: "unpublished",
                detail: ports.redaction(project).apply(to: ErrorText.problem(of: error)))
            // The log of what happened must not stop what happens.
            try? ports.store.audit(entry)
        }
    }

    /// What a rule, and not a run, has put before a person.
    private static func stop(by decision: Decision) -> (status: TaskStatus, reason: String)? {
        switch decision {
        case .hold(_, let status, let reason): return (status, reason)
        case .recover(_, .needsReview, let reason): return (.needsReview, reason)
        case .collect(let run, let consequence):
            guard let outcome = run.outcome, !RunHost.isShown(outcome),
                let status = consequence.changes.status, status == .needsReview || status == .blocked
            else { return nil }
            return (status, consequence.note)
        default: return nil
        }
    }
}
