package import OrchCore

/// The review that follows at once upon a run which put its task in review, by another agent, as
/// `run_task.sh` had it:
///
///     prompt → agent → comment → pull request
///
/// Its host is the process that ran the task. Where that is killed the review is lost with it, and the pull
/// request is reviewed by the next sync.
package final class TaskReview: AgentHost {
    let ports: HostPorts
    let run: Run
    private let project: Project
    private let task: AgentTask
    private let number: Int

    /// - Parameter run: live, of kind `review`, on the pull request.
    package init(_ run: Run, of task: AgentTask, in project: Project, ports: HostPorts) {
        self.ports = ports
        self.run = run
        self.task = task
        self.project = project
        number = run.task.number
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
        guard try takeRun() else { return nil }
        do {
            let outcome = try outcome()
            guard try store.endRun(run.id, outcome: outcome, now: now) else { return nil }
            audit("end", outcome.failure?.word ?? outcome.summary)
            return outcome
        } catch is Dismissed {
            return nil
        }
    }

    private func outcome() throws -> RunOutcome {
        guard let forge = ports.common.pulls(project), let adapter = ports.adapter(run.agent) else {
            return failed("there is no agent “\(run.agent)”, or no GitHub")
        }
        do {
            let question = try question("review") { try variables(forge) }
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
        let lines = project.settings.workflow.review.diffLimit
        let diff = try patiently { try forge.diff(of: number, lines: lines) }
        let sidecar = try ports.common.sidecars(project).read(task.key)
        return [
            "PR_NUMBER": "\(number)", "TASK_ID": task.key.id,
            "TASK_TITLE": HiddenComments.removed(from: task.title), "TASK_SUMMARY": task.summary ?? "",
            "TASK_FILES_CHANGED": sidecar["files_changed"] ?? "", "GIT_DIFF": diff.text,
        ]
    }

    private func publish(_ answer: ReviewAnswer, on forge: any PullRequests) throws {
        let text = ReviewComment.text(of: answer, by: run.agent, model: run.model, publicText)
        let review = PullReview(decision: answer.decision, text: text)
        let key = try outsideName()
        _ = try perform(.comment) { mayExist in
            try patiently(mayExist: mayExist) { try forge.post(review, on: number, key: key, mayExist: $0) }
            return answer.decision.rawValue
        }
        guard answer.decision == .reject else { return }
        _ = try perform(.pullRequest) { _ in
            try patiently { try forge.close(number) }
            return "closed"
        }
    }
}
