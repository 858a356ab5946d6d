package import OrchCore

/// The review that follows at once upon a run which put its task in review, by another agent, as
/// `run_task.sh` had it:
///
///     prompt → agent → comment → pull request
///
/// Its host is the process that ran the task. Where that is killed before there is a decision, the review is
/// lost with it, and the pull request is reviewed by the next sync. From then on there is a round of that
/// commit, as of any review (`ReviewRound`): `ReviewHost` takes the run over, and no sync reviews it again.
/// What the author's own agent says of its work, where nobody else can, is published and is no such round:
/// nothing is merged on it.
package final class TaskReview: Reviewing {
    let ports: HostPorts
    let run: Run
    let project: Project
    private let task: AgentTask

    /// - Parameter run: live, of kind `review`, on the pull request.
    package init(_ run: Run, of task: AgentTask, in project: Project, ports: HostPorts) {
        self.ports = ports
        self.run = run
        self.task = task
        self.project = project
    }

    /// Records the run; nil where the pull request is being reviewed.
    package static func begin(
        on number: Int, by agent: AgentName, in project: Project, ports: Ports
    ) throws -> Run? {
        let key = TaskKey(project: project.id, backend: .pull, id: "\(number)")
        var draft = RunDraft(
            task: key, kind: .review, agent: agent, root: ports.attemptsRoot(project), now: ports.now())
        draft.model = project.settings.models["review"]?[agent]
        return try ports.store.beginRun(draft, changing: [])
    }

    /// The decision, published; what failed is said, and no decision.
    ///
    /// - Returns: nil where this host had to leave the run.
    package func runToEnd() throws -> RunOutcome? {
        guard let outcome = try hosted(outcome) else { return nil }
        audit("end", outcome.failure?.word ?? outcome.summary)
        return outcome
    }

    private func outcome() throws -> RunOutcome {
        guard let forge = ports.common.pulls(project), let adapter = ports.adapter(run.agent) else {
            return failed("there is no agent “\(run.agent)”, or no GitHub")
        }
        do {
            let question = try question("review") { try variables(forge) }
            if let round = try earlierRound(), let decision = round.decision {
                return RunOutcome(status: .done, message: round.notes, summary: decision.rawValue)
            }
            let report = try ask(
                question, of: project, adapter: adapter, timeout: project.settings.workflow.timeout)
            if report.failure != nil, !report.isPlain { return failed(report.message) }
            let answer = try ReviewReading.answer(in: ports.redaction.apply(to: report.finalText ?? ""))
            try publish(answer, on: forge)
            return RunOutcome(status: .done, message: answer.notes, summary: answer.decision.rawValue)
        } catch let error as any Explained where !(error is StoreError) {
            return failed(error.problem)
        }
    }

    private func failed(_ said: String) -> RunOutcome {
        let message = "review agent failed: \(ports.redaction.apply(to: said))"
        return RunOutcome(failure: .reported, status: .needsReview, message: message)
    }

    private func variables(_ forge: any PullRequests) throws -> [String: String] {
        // A stand-in that lists no pull requests names no commit: its reviews are not remembered.
        if run.agent != task.agent, let pull = try patiently({ try forge.pull(number) }),
            !pull.commit.isEmpty
        {
            try ports.files.write(pull.commit, to: Self.commitFile)
            try ports.files.write(pull.head, to: ReviewHost.branchFile)
        }
        let lines = project.settings.workflow.review.diffLimit
        let diff = try patiently { try forge.diff(of: number, lines: lines) }
        let sidecar = try ports.common.sidecars(project).read(task.key)
        return [
            "PR_NUMBER": "\(number)", "TASK_ID": task.key.id,
            "TASK_TITLE": HiddenComments.removed(from: task.title), "TASK_SUMMARY": task.summary ?? "",
            "TASK_FILES_CHANGED": sidecar["files_changed"] ?? "", "GIT_DIFF": diff.text,
        ]
    }

    private static let commitFile = "commit.txt"

    /// What a sync has decided of the same commit meanwhile.
    private func earlierRound() throws -> ReviewRound? {
        guard let commit = try fact(Self.commitFile) else { return nil }
        return try store.reviewRounds(of: number, in: project.id).last { $0.commit == commit }
    }

    /// As `ReviewHost` does it: the decision as a row first. What follows for the task is for the caller.
    private func publish(_ answer: ReviewAnswer, on forge: any PullRequests) throws {
        let commit = try fact(Self.commitFile) ?? ""
        var round = ReviewRound(of: commit, by: run, tries: 1)
        round.state = .answered
        round.decision = answer.decision
        round.notes = answer.notes
        round.changedAt = now
        if !commit.isEmpty { try store.save(round) }
        try publish(answer, of: commit, on: forge)
        if commit.isEmpty { return }
        note(answer.decision, of: commit, title: task.title)
        round.state = .published
        round.changedAt = now
        try store.save(round)
    }
}
