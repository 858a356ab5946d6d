/// Something that a person may want to hear of, as it is written down together with what it tells of.
package struct Notice: Equatable, Sendable {
    package enum Level: String, CaseIterable, Comparable, Sendable {
        /// All goes well.
        case info
        /// A person is needed for one task or job.
        case attention
        /// A person is needed, and until then nothing of a kind goes on.
        case alarm

        package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    package enum Kind: String, CaseIterable, Sendable {
        case runStarted = "run_started"
        case pullOpened = "pr_opened"
        case pullMerged = "pr_merged"
        case review
        case inReview = "in_review"
        case taskDone = "task_done"
        case needsReview = "needs_review"
        case blocked
        case agentIdle = "agent_idle"
        case agentLimit = "agent_limit"
        case agentBroken = "agent_broken"
        case jobFailed = "job_failed"
        /// GitHub's deliveries do not arrive, or arrive again.
        case deliveries

        package var level: Level {
            switch self {
            case .runStarted, .pullOpened, .pullMerged, .review, .inReview, .taskDone: .info
            case .needsReview, .blocked, .agentIdle, .agentLimit, .jobFailed, .deliveries: .attention
            case .agentBroken: .alarm
            }
        }
    }

    package let kind: Kind
    package let at: Timestamp
    /// The same for the same news, which is told once.
    package let key: String
    /// One line or a few, redacted; says what it is about.
    package let text: String
    package var project: Project.ID?
    package var task: TaskKey?
    package var run: Run.ID?
    /// Where to look on; empty: nowhere.
    package var url = ""

    package var level: Level { kind.level }

    package init(_ kind: Kind, key: String, text: String, at: Timestamp) {
        self.kind = kind
        self.key = key
        self.text = text
        self.at = at
    }

    /// About a task, or what else has runs.
    package init(_ kind: Kind, key: String, about task: TaskKey, text: String, at: Timestamp) {
        self.init(kind, key: key, text: text, at: at)
        project = task.project
        self.task = task
    }
}

/// One as it is in the store.
package struct RecordedNotice: Equatable, Sendable {
    package let id: Int
    package let notice: Notice

    package init(id: Int, notice: Notice) {
        self.id = id
        self.notice = notice
    }
}
