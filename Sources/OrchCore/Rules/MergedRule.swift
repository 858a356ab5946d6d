/// What becomes of a task in review when its pull request is closed: done where it was merged, however (a
/// merge commit, squashed, rebased); else a person decides. Who is before a person already is done by the
/// merge, too: that person's, or one that was wished for.
package enum MergedRule {
    /// What the phase has seen of one project.
    package struct Picture: Equatable, Sendable {
        /// Tasks in review, and such as are before a person with a pull request.
        package var tasks: [AgentTask]
        /// Closed pull requests.
        package var pulls: [TrackedPullRequest]
        /// Branches that have an open pull request as well.
        package var openHeads: Set<String> = []

        package init(tasks: [AgentTask], pulls: [TrackedPullRequest]) {
            self.tasks = tasks
            self.pulls = pulls
        }
    }

    package static func decide(_ picture: Picture) -> [Step] {
        picture.tasks.compactMap { task in
            guard let pull = pull(of: task, in: picture.pulls) else { return nil }
            switch pull.state {
            case .open: return nil
            case .merged: return .finish(task, pull)
            case .closed:
                let isNews = task.status == .inReview && !picture.openHeads.contains(pull.head)
                return isNews ? .ask(task, pull) : nil
            }
        }
    }

    /// The task's own pull request, by its number where that is known; else the newest one of its branch.
    package static func pull(of task: AgentTask, in pulls: [TrackedPullRequest]) -> TrackedPullRequest? {
        if let number = number(of: task) { return pulls.first { $0.number == number } }
        guard let branch = task.branch, !branch.isEmpty else { return nil }
        return pulls.filter { $0.head == branch && !$0.isFromFork }.max { $0.number < $1.number }
    }

    /// The number at the end of a pull request's address.
    package static func number(of task: AgentTask) -> Int? {
        guard let url = task.pullRequest, let slash = url.lastIndex(of: "/") else { return nil }
        return Int(url[url.index(after: slash)...])
    }

    package enum Step: SyncStep, Equatable {
        /// Its pull request is merged.
        case finish(AgentTask, TrackedPullRequest)
        /// Its pull request was closed without being merged.
        case ask(AgentTask, TrackedPullRequest)

        package var task: TaskKey? {
            switch self {
            case .finish(let task, _), .ask(let task, _): task.key
            }
        }

        package var sentence: String {
            switch self {
            case .finish(_, let pull): "pull request \(pull.number) is merged; now done"
            case .ask(_, let pull): "pull request \(pull.number) was closed unmerged; now needs_review"
            }
        }
    }
}
