/// Work that comes again by the clock, as `jobs.yml` describes it.
package struct Job: Equatable, Sendable {
    /// The project, and the job's name in it; the backend is `job`.
    package let key: TaskKey
    /// As it was written: five fields of cron, or an alias.
    package let schedule: String
    package let work: Work
    /// Where a command runs, and what a task is for; absolute.
    package let directory: String
    package var isEnabled = true
    package var catchUp = CatchUp.once
    /// How long a command may take; nil: as long as an agent (`workflow.timeout_seconds`). 0: no limit.
    package var timeout: Duration?
    /// The name of its time zone; nil: this machine's.
    package var timeZone: String?
    package var state = JobState()
    /// Why the job cannot be done as it stands: it is switched off when it is due.
    package var refusal: String?

    package init(key: TaskKey, schedule: String, work: Work, directory: String) {
        self.key = key
        self.schedule = schedule
        self.work = work
        self.directory = directory
    }

    package var id: String { key.id }

    package enum Work: Equatable, Sendable {
        /// A task like any other, for an agent.
        case task(TaskDraft, agent: AgentName?)
        /// The user's own command, for `bash -c`.
        case bash(String)
    }

    package var isBash: Bool {
        if case .bash = work { true } else { false }
    }

    /// What becomes of moments that passed while nothing ticked, or the job was busy.
    package enum CatchUp: String, CaseIterable, Sendable {
        /// However many were missed: one fire makes up for them.
        case once
        /// They are left out.
        case skip
        /// Each gets its own fire, one after the other; at most the last `Scheduling.missedLimit`.
        case all
    }
}

/// What a job remembers in its file, in v0's keys, for people and for v0 to see. The store knows it too:
/// what the file loses is written again.
package struct JobState: Equatable, Sendable {
    package var lastRun: Timestamp?
    /// How the last fire ended: a task's status, `done` or `failed` of a command; nil: not known.
    package var lastStatus: String?
    /// The task that it waits for.
    package var activeTask: String?

    package init() {}
}

extension Job {
    package mutating func apply(_ change: JobChange) {
        switch change {
        case .enabled(let value): isEnabled = value
        case .lastRun(let value): state.lastRun = value
        case .lastStatus(let value): state.lastStatus = value
        case .activeTask(let value): state.activeTask = value
        }
    }
}

/// One field of a job's entry in its file set to a new value.
package enum JobChange: Equatable, Sendable {
    case enabled(Bool)
    case lastRun(Timestamp)
    case lastStatus(String)
    case activeTask(String?)
}

extension JobState {
    /// What has to change for `self` to become `other`.
    package func changes(to other: JobState) -> [JobChange] {
        var changes: [JobChange] = []
        if let moment = other.lastRun, moment != lastRun { changes.append(.lastRun(moment)) }
        if let status = other.lastStatus, status != lastStatus { changes.append(.lastStatus(status)) }
        if other.activeTask != activeTask { changes.append(.activeTask(other.activeTask)) }
        return changes
    }
}
