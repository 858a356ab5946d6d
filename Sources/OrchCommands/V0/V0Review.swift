import OrchAdapters
import OrchCore
import OrchEngine

/// The review that `run_task.sh` had follow at once (`workflow.enable_review_agent`), by another agent than
/// the author.
enum V0Review {
    /// Reviews the pull request of a task that has just come to be in review, and draws v0's consequences.
    static func follow(_ task: AgentTask, on stage: V0Stage, _ call: V0Call) throws {
        guard stage.project.settings.workflow.enableReviewAgent, task.status == .inReview,
            let number = MergedRule.number(of: task)
        else { return }
        guard let reviewer = reviewer(of: task, on: stage) else {
            return call.complain("[run] task=\(task.key.id) no other agent is there to review")
        }
        guard
            let run = try TaskReview.begin(on: number, by: reviewer, in: stage.project, ports: stage.ports)
        else { return }
        call.complain("[run] task=\(task.key.id) starting review by \(reviewer) for PR #\(number)")
        var ports = try Live(home: stage.home, environment: stage.environment, store: stage.store)
            .hostPorts(for: run, projects: [stage.project], seat: .foreground)
        ports.console = { Console.err($0) }
        guard let outcome = try TaskReview(run, of: task, in: stage.project, ports: ports).runToEnd() else {
            return
        }
        _ = try stage.steering.collect(run)
        try conclude(outcome, of: task, by: reviewer, on: stage, call)
    }

    private static func reviewer(of task: AgentTask, on stage: V0Stage) -> AgentName? {
        let others = stage.ports.agents(stage.project).filter { $0 != task.agent }
        let named = stage.project.settings.workflow.reviewAgent
        return others.first { $0 == named } ?? others.first
    }

    private static func conclude(
        _ outcome: RunOutcome, of task: AgentTask, by reviewer: AgentName, on stage: V0Stage, _ call: V0Call
    ) throws {
        let steering = stage.steering
        guard outcome.failure == nil, let decision = ReviewDecision(rawValue: outcome.summary) else {
            return try steering.halt(task, .needsReview, because: outcome.message)
        }
        try stage.ports.sidecars(stage.project).merge(
            ["review_decision": .text(decision.rawValue), "review_notes": .text(outcome.message)],
            into: task.key)
        call.complain("[run] task=\(task.key.id) review by \(reviewer): \(decision.rawValue)")
        switch decision {
        case .approve: break
        case .requestChanges:
            try steering.halt(
                task, .needsReview, because: "review requested changes: \(outcome.message.firstLine)")
        case .reject:
            try steering.halt(task, .needsReview, because: "review rejected: \(outcome.message.firstLine)")
        }
    }
}
