/// What happens to open pull requests: people's words go back to their agents, each commit is reviewed once
/// by another agent than its author, and what may be merged is.
///
/// One decision a pull request: what comes first leaves the others to the next sync, which sees what it came
/// to.
package enum ReviewsRule {
    /// Reviews of one project at a time, beside the agents that work.
    package static let parallelLimit = 2
    /// How often a commit is tried to be reviewed before that is given up.
    package static let tryLimit = 3

    package static func decide(_ picture: PullPicture) -> [Step] {
        var places = parallelLimit - picture.liveReviews
        return picture.pulls.compactMap { pull in
            if let decision = merge(pull, in: picture) ?? handBack(pull, in: picture) { return decision }
            guard let decision = review(pull, hasPlace: places > 0, in: picture) else { return nil }
            if case .review = decision { places -= 1 }
            return decision
        }
    }

    // MARK: - Merging

    private static func merge(_ pull: WatchedPull, in picture: PullPicture) -> Step? {
        guard picture.project.settings.workflow.enableReviewAgent else { return nil }
        if let remark = pull.remarks.last(where: { isMergeCommand($0, on: pull, in: picture) }) {
            return .merge(pull, wish: remark)
        }
        return !picture.isPaused && mayMergeAlone(pull, in: picture) ? .merge(pull, wish: nil) : nil
    }

    /// The owner's word, about this commit: what was said before it came was said about another one.
    package static func isMergeCommand(
        _ remark: PullRemark, on pull: WatchedPull, in picture: PullPicture
    ) -> Bool {
        guard remark.kind == .comment, isOwner(remark.author, of: picture.project),
            pull.record.commitSince.map({ remark.createdAt > $0 }) ?? true
        else { return false }
        let commands = picture.project.settings.workflow.review.mergeCommands
        return MergeCommand.matches(remark.body, commands: commands)
    }

    /// `workflow.review_owner`, else the repository's.
    package static func isOwner(_ login: String, of project: Project) -> Bool {
        let named = project.settings.workflow.reviewOwner
        let owner = named.isEmpty ? project.settings.github.repository?.owner ?? "" : named
        return !owner.isEmpty && owner.lowercased() == login.lowercased()
    }

    /// An agent's own pull request that another agent has approved as it stands, and whose checks are green,
    /// while its task is in review and nobody has said anything that its agent has not had.
    private static func mayMergeAlone(_ pull: WatchedPull, in picture: PullPicture) -> Bool {
        guard picture.project.settings.workflow.review.mergesApproved, let task = pull.task,
            task.isTrusted == true, task.status == .inReview, !pull.isBusy, !pull.pull.isDraft,
            !hasObjection(pull.remarks),
            words(in: pull, of: picture.project).isEmpty, let round = pull.round,
            round.state == .published, round.decision == .approve, round.commit == pull.pull.commit,
            let checks = pull.checks, checks.commit == pull.pull.commit
        else { return false }
        // An attempt since then that changed nothing may have left a person's wish undone.
        if let began = pull.lastRunAt, began > round.changedAt { return false }
        return checks.isGreen
    }

    // MARK: - Back to the agent

    private static func handBack(_ pull: WatchedPull, in picture: PullPicture) -> Step? {
        let words = words(in: pull, of: picture.project)
        guard pull.mayHandBack, !words.isEmpty else { return nil }
        return .handBack(pull, words)
    }

    /// What people say that the agent has not had: in reviews, on lines, and plain words in the conversation.
    /// Commands and mentions there are for other phases.
    package static func words(in pull: WatchedPull, of project: Project) -> [PullRemark] {
        let commands = project.settings.workflow.review.mergeCommands
        return pull.remarks.filter { remark in
            // What was said before its last attempt began, that one had to deal with.
            if let began = pull.lastRunAt, remark.createdAt < began { return false }
            if pull.known.contains(key(of: remark)) { return false }
            let meaning = CommentReading.meaning(of: remark.body)
            switch remark.kind {
            case .comment:
                return meaning == .words && !MergeCommand.matches(remark.body, commands: commands)
            case .review(.approve): return false
            case .review(.some): return true
            case .review(nil), .line: return meaning != .nothing
            }
        }
    }

    package static func key(of remark: PullRemark) -> FeedbackKey {
        switch remark.kind {
        case .comment: FeedbackKey(.person, "comment-\(remark.id)")
        case .review: FeedbackKey(.person, "review-\(remark.id)")
        case .line: FeedbackKey(.person, "line-\(remark.id)")
        }
    }

    private static func hasObjection(_ remarks: [PullRemark]) -> Bool {
        remarks.contains {
            switch $0.kind {
            case .line, .review(.requestChanges), .review(.reject): true
            case .comment, .review(.approve), .review(nil): false
            }
        }
    }

    // MARK: - Reviews

    private static func review(
        _ pull: WatchedPull, hasPlace: Bool, in picture: PullPicture
    ) -> Step? {
        let settings = picture.project.settings
        guard settings.workflow.enableReviewAgent, !picture.isPaused, !pull.isBusy, !pull.isInReview,
            !pull.isReviewedByV0, pull.isAuthorTrusted || pull.task?.isTrusted == true,
            !pull.pull.isDraft || settings.workflow.review.includesDrafts
        else { return nil }
        var tries = 0
        if let round = pull.round {
            guard round.state == .running else { return nil }
            tries = round.tries
            guard tries < tryLimit else { return .giveUp(pull) }
            let age = picture.now.since(round.changedAt)
            // A round of a moment to come was begun by a clock that was ahead.
            guard age >= RetryDelay.beforeAttempt(after: tries) || age < .zero else { return nil }
        }
        guard hasPlace, let agent = reviewer(of: pull, in: picture) else { return nil }
        return .review(pull, by: agent, model: settings.models["review"]?[agent], try: tries + 1)
    }

    /// The configured agent, else they take turns by the pull request's number; never the author.
    static func reviewer(of pull: WatchedPull, in picture: PullPicture) -> AgentName? {
        let author = pull.task?.agent
        let others = picture.agents.filter { $0 != author }
        if let named = picture.project.settings.workflow.reviewAgent, named != author,
            others.contains(named)
        {
            return named
        }
        guard !others.isEmpty else { return nil }
        return others[pull.pull.number % others.count]
    }

    // MARK: - Steps

    package enum Step: SyncStep, Equatable {
        /// People's words go to its agent.
        case handBack(WatchedPull, [PullRemark])
        case review(WatchedPull, by: AgentName, model: String?, try: Int)
        /// No agent has come to a decision.
        case giveUp(WatchedPull)
        /// This commit, and no other. nil: the settings let approved and green ones through.
        case merge(WatchedPull, wish: PullRemark?)

        package var watched: WatchedPull {
            switch self {
            case .handBack(let pull, _), .review(let pull, _, _, _), .giveUp(let pull), .merge(let pull, _):
                pull
            }
        }

        package var task: TaskKey? { watched.task?.key }

        package var reviewedPull: Int? { if case .review = self { watched.pull.number } else { nil } }

        package var subject: String { "pull request \(watched.pull.number)" }

        package var sentence: String {
            switch self {
            case .handBack(_, let words):
                "goes back to its agent, with \(words.count) \(words.count == 1 ? "remark" : "remarks") by "
                    + Set(words.map(\.author)).sorted().joined(separator: ", ")
            case .review(_, let agent, _, let number):
                "\(agent) reviews it" + (number > 1 ? ", try \(number)" : "")
            case .giveUp: "no review of it came to a decision; a person has to look"
            case .merge(let pull, let wish):
                "merged at \(pull.pull.commit.prefix(10)), "
                    + (wish.map { "as \($0.author) wishes" } ?? "approved and green")
            }
        }
    }
}
