/// One review of one commit of a pull request, from its start to its consequences.
package struct ReviewRound: Equatable, Sendable {
    package let project: Project.ID
    package let pull: Int
    package let commit: String
    package var state: State
    /// The run that reviews, the newest of them.
    package var run: Run.ID
    package var agent: AgentName
    /// How many runs there have been.
    package var tries: Int
    /// nil until there is one.
    package var decision: ReviewDecision?
    package var notes = ""
    package var changedAt: Timestamp

    package init(
        project: Project.ID, pull: Int, commit: String, state: State, run: Run.ID, agent: AgentName,
        tries: Int,
        decision: ReviewDecision?, notes: String, changedAt: Timestamp
    ) {
        self.project = project
        self.pull = pull
        self.commit = commit
        self.state = state
        self.run = run
        self.agent = agent
        self.tries = tries
        self.decision = decision
        self.notes = notes
        self.changedAt = changedAt
    }

    /// A round as it begins, or begins again.
    package init(of commit: String, by run: Run, tries: Int) {
        self.init(
            project: run.task.project, pull: run.task.number, commit: commit, state: .running, run: run.id,
            agent: run.agent, tries: tries, decision: nil, notes: "", changedAt: run.startedAt)
    }

    /// `running → answered → published → held`, or after the last try `running → failed`.
    package enum State: String, CaseIterable, Sendable {
        /// A run reviews, or did and came to nothing.
        case running
        /// The decision is in; what follows from it may not be.
        case answered
        /// It stands on the pull request, and its task knows.
        case published
        /// Approved, and the forge did not let it through: merging it is up to a person.
        case held
        /// Given up.
        case failed
    }
}

/// An open pull request as far as orch has dealt with it.
package struct PullRecord: Equatable, Sendable {
    package let number: Int
    package var commit: String
    /// Since when orch has known this commit, or when that was made; nil: it was there when the pull request
    /// was first seen.
    package var commitSince: Timestamp?
    /// Everything that was said by then is dealt with; nil: nothing was looked at.
    package var readUntil: Timestamp?

    package init(number: Int, commit: String) {
        self.number = number
        self.commit = commit
    }
}
