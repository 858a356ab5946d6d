/// The acts of a run, in order: the outbox. A row says “begun” before the act and “done” after it.
///
/// Each act finds or creates by a key of its own, so one that was begun and not recorded
/// as done may be done again.
package enum RunStep: String, CaseIterable, Sendable {
    /// The tracker shows that the task is being worked on.
    case claim
    /// A worktree on the task's branch, from the freshly fetched base.
    case worktree
    /// The prompts, rendered into the attempt's folder.
    case prompt
    /// The agent's process, from its start to its end.
    case agent
    /// The answer, parsed and checked.
    case answer
    case commit
    case push
    case pullRequest = "pull_request"
    /// The tasks that a plan asks for.
    case children
    case comment
    case status
    /// Hooks and notices.
    case notify

    /// Whether it comes to the same when it is done once more, so that a power cut may take its row, as it
    /// takes the agent that is about to start. The next row that must stay takes it along to the disk.
    package var mayBeForgotten: Bool {
        switch self {
        case .claim, .worktree, .prompt: true
        case .agent, .answer, .commit, .push, .pullRequest, .children, .comment, .status, .notify: false
        }
    }
}

/// Where a step stands.
package enum StepState: Equatable, Sendable {
    case notBegun
    /// Begun by this host or an earlier one: whether its effect took place is not known.
    case begun
    /// Done; what it came to (a commit's SHA, an address), empty where there is nothing to say.
    case done(String)
}
