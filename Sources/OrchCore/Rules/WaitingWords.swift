/// The words for each reason to wait.
struct WaitingWords {
    let task: AgentTask
    let snapshot: Snapshot

    private var id: String { task.key.id }
    private var isIssue: Bool { task.key.backend == .github }

    func explain(_ waiting: Waiting) -> Explanation {
        switch waiting {
        case .closed:
            Explanation(
                "it is closed",
                next: isIssue ? "reopen the issue \(task.url)" : "`orch task retry \(id)` opens it")
        case .status(let status): explain(status)
        case .untrusted(let author): untrusted(author)
        case .noAgentLabel:
            Explanation(
                "its label `\(Labels.noAgent)` keeps it from agents",
                next: isIssue ? "take the label away, at \(task.url)" : "record it anew without the label")
        case .blockedLabel:
            Explanation(
                "its label `\(Labels.blocked)` keeps it back", next: "`orch task unblock \(id)` takes it away"
            )
        case .held: Explanation("a person stopped it", next: "`orch task retry \(id)` starts it anew")
        case .parked(let until):
            Explanation(
                "it waits until \(until.iso8601), \(until.since(snapshot.now).brief) from now" + because,
                next: "it tries again by itself then; `orch task run \(id)` does so at once")
        case .running: Explanation(isRunning: true, "it runs", next: "`orch task stream \(id)` shows it")
        case .claimedByV0:
            Explanation(
                "a script of the bash version holds its lock",
                next: "let that end; the lock of a process that is gone does not count")
        case .trackerUnreachable:
            Explanation("GitHub cannot be reached just now", next: "`orch doctor` looks into it")
        case .paused(let pause):
            Explanation(
                "\(pause.project == nil ? "everything" : "its project") is paused since "
                    + "\(pause.since.iso8601), by \(pause.actor)",
                next: "`\(resume(pause))` lets it go on; `orch task run \(id)` starts it at once")
        }
    }

    private func resume(_ pause: WorkPause) -> String {
        let name = pause.project.flatMap { snapshot.projects[$0]?.name }
        return "orch resume" + (name.map { " --project \($0)" } ?? "")
    }

    private var because: String { task.lastError.map { ": \($0)" } ?? "" }

    private func explain(_ status: TaskStatus) -> Explanation {
        switch status {
        case .done:
            Explanation(
                "it is done" + (task.pullRequest.map { ": \($0)" } ?? ""),
                next: "`orch task retry \(id)` does it again")
        case .inReview:
            Explanation(
                "its pull request waits for a review" + (task.pullRequest.map { ": \($0)" } ?? ""),
                next: "review and merge it; `orch task retry \(id)` has it worked on again")
        case .needsReview:
            Explanation(
                "a person has to look" + because,
                next: "`orch task get \(id)` shows its runs; `orch task retry \(id)` starts it anew")
        case .blocked: blocked
        case .inProgress: stuck
        case .new, .routed: Explanation("it waits for its turn", next: "`orch tick` looks at it")
        }
    }

    private var blocked: Explanation {
        let children = snapshot.children[task.key] ?? []
        let left = children.count { $0 != .done }
        if left > 0 {
            return Explanation(
                "it waits for \(left) of its \(children.count) \(children.count == 1 ? "child" : "children")",
                next: "`orch task tree` shows them; it goes on by itself when they are done")
        }
        return Explanation(
            "it is blocked" + (task.lastError.map { ": \($0)" } ?? ", and no reason was given"),
            next: "`orch task unblock \(id)` when that is settled")
    }

    /// No run of orch's, and yet `in_progress`: left by v0, or set by a person.
    private var stuck: Explanation {
        let limit = snapshot.projects[task.key.project]?.settings.workflow.stuckTimeout ?? .zero
        let left = max(.zero, limit - snapshot.now.since(task.updatedAt))
        return Explanation(
            "it shows `\(TaskStatus.inProgress.rawValue)`, but no run of it is under way",
            next: "a tick puts it back in \(left.brief); `orch task retry \(id)` does it now")
    }

    private func untrusted(_ author: String) -> Explanation {
        guard task.isTrusted == false else {
            return Explanation(
                "whether its author “\(author)” may drive orch is not decided yet",
                next: "`orch tick` decides it")
        }
        return Explanation(
            "its author “\(author)” may not drive orch here",
            next:
                "add the login to `workflow.allowed_authors`, or give it write access to the repository and "
                + "comment on the issue")
    }
}
