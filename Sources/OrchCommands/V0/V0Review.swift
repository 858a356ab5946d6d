import OrchAdapters
import OrchCore
import OrchEngine

/// The review that `run_task.sh` had follow at once (`workflow.enable_review_agent`), by another agent than
/// the author.
struct V0Review {
    private let task: AgentTask
    private let number: Int
    private let stage: V0Stage
    private let call: V0Call

    /// Reviews the pull request of a task that has just come to be in review, and draws v0's consequences.
    static func follow(_ task: AgentTask, on stage: V0Stage, _ call: V0Call) throws {
        guard stage.project.settings.workflow.enableReviewAgent, task.status == .inReview,
            let number = MergedRule.number(of: task)
        else { return }
        try V0Review(task: task, number: number, stage: stage, call: call).follow()
    }

    /// An agent that comes to no decision is followed by one other, once.
    private func follow() throws {
        let reviewers = reviewers()
        guard let first = reviewers.first else { return log("no other agent is there to review") }
        log("starting review by \(first) for PR #\(number)")
        guard let outcome = try review(by: first) else { return }
        guard outcome.failure != nil, reviewers.count > 1 else { return try conclude(outcome, by: first) }
        let second = reviewers[1]
        log("review by \(first) failed; retrying once with \(second)")
        guard let outcome = try review(by: second) else { return }
        try conclude(outcome, by: second)
    }

    /// The configured one, then the others; the author's own agent at the very end, and never as the first.
    private func reviewers() -> [AgentName] {
        let all = stage.ports.agents(stage.project)
        let named = stage.project.settings.workflow.reviewAgent
        let others = all.filter { $0 != task.agent }
        let ordered = others.filter { $0 == named } + others.filter { $0 != named }
        return ordered.isEmpty ? [] : ordered + all.filter { $0 == task.agent }
    }

    /// - Returns: nil where somebody else is at it.
    private func review(by reviewer: AgentName) throws -> RunOutcome? {
        guard
            let run = try TaskReview.begin(on: number, by: reviewer, in: stage.project, ports: stage.ports)
        else { return nil }
        var ports = try Live(home: stage.home, environment: stage.environment, store: stage.store)
            .hostPorts(for: run, projects: [stage.project], seat: .foreground)
        ports.console = { Console.err($0) }
        let outcome = try TaskReview(run, of: task, in: stage.project, ports: ports).runToEnd()
        if outcome != nil { _ = try stage.steering.collect(run) }
        return outcome
    }

    private func conclude(_ outcome: RunOutcome, by reviewer: AgentName) throws {
        let steering = stage.steering
        guard outcome.failure == nil, let decision = ReviewDecision(rawValue: outcome.summary) else {
            return try steering.halt(task, .needsReview, because: outcome.message)
        }
        try stage.ports.sidecars(stage.project).merge(
            ["review_decision": .text(decision.rawValue), "review_notes": .text(outcome.message)],
            into: task.key)
        log("review by \(reviewer): \(decision.rawValue)")
        switch decision {
        case .approve: break
        case .requestChanges:
            try steering.halt(
                task, .needsReview, because: "review requested changes: \(outcome.message.firstLine)")
        case .reject:
            try steering.halt(task, .needsReview, because: "review rejected: \(outcome.message.firstLine)")
        }
    }

    private func log(_ words: String) { call.complain("[run] task=\(task.key.id) \(words)") }
}
