/// One attempt at something by one agent; its id is the fencing token of everything done in its name.
package struct Run: Equatable, Sendable {
    /// Rising for ever; never reused.
    package struct ID: Hashable, Comparable, Sendable {
        package let rawValue: Int

        package init(rawValue: Int) { self.rawValue = rawValue }

        package static func < (left: ID, right: ID) -> Bool { left.rawValue < right.rawValue }
    }

    package let id: ID
    package let task: TaskKey
    package let kind: Kind
    /// Which attempt at the task this is, from 1.
    package let attempt: Int
    package let agent: AgentName
    package var model: String?
    package var state: State
    /// The attempt's own folder; never used by another run.
    package let directory: String
    package let startedAt: Timestamp
    /// The run host; nil until it has reported itself.
    package var host: Owner?
    /// The tmux session; nil in the foreground.
    package var session: String?
    package var branch: String?
    package var worktree: String?
    /// How often a new host has taken this run over.
    package var takeovers = 0
    /// A person asked for its end.
    package var isStopRequested = false
    package var usage = Usage()
    package var endedAt: Timestamp?
    package var outcome: RunOutcome?

    /// A run as `beginRun` records it.
    package init(id: ID, draft: RunDraft, directory: String) {
        self.id = id
        self.directory = directory
        task = draft.task
        kind = draft.kind
        attempt = draft.attempt
        agent = draft.agent
        model = draft.model
        startedAt = draft.now
        state = .starting
    }

    package enum Kind: String, CaseIterable, Sendable {
        case work, route, review, job, chat
    }

    /// `starting → running → publishing → ended`; every state but the last is live, and a task
    /// has at most one live run.
    package enum State: String, CaseIterable, Sendable {
        /// The row exists; no host has reported yet.
        case starting
        /// A host has it: it prepares, or its agent works.
        case running
        /// The answer is in; commit, push, pull request, comment and status follow.
        case publishing
        /// Over; `outcome` says how. `collect` has not looked at it yet.
        case ended
        /// Over, and its consequences are drawn.
        case collected

        package var isLive: Bool { self == .starting || self == .running || self == .publishing }
    }
}
