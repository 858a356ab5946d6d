import OrchCore

/// What tests of `checks` and `reviews` start from: an agent's pull request in review.
enum PullBuilding {
    static let project = Project.ID(rawValue: "/projects/demo")
    static let now = Timestamp(seconds: 1_800_000_000)

    static func task(_ status: TaskStatus = .inReview) -> AgentTask {
        var task = AgentTask(
            key: TaskKey(project: project, backend: .github, id: "7"), title: "Fix", status: status)
        task.agent = .claude
        task.isTrusted = true
        task.branch = "gh-task-7-fix"
        return task
    }

    static func pull(_ number: Int = 12, task: AgentTask? = task(), commit: String = "c1") -> WatchedPull {
        var tracked = TrackedPullRequest(number: number, head: "gh-task-7-fix", state: .open)
        tracked.commit = commit
        tracked.author = "octo"
        var pull = WatchedPull(tracked)
        pull.task = task
        return pull
    }

    static func picture(_ pulls: WatchedPull..., configure: (inout Settings) -> Void = { _ in })
        -> PullPicture
    {
        var settings = Settings()
        settings.github.repository = RepositorySlug("octo/demo")
        settings.workflow.enableReviewAgent = true
        configure(&settings)
        var picture = PullPicture(project: Project(id: project, name: "demo", settings: settings), now: now)
        picture.pulls = pulls
        picture.agents = [.claude, .codex, .opencode]
        return picture
    }

    static func round(
        _ state: ReviewRound.State, _ decision: ReviewDecision? = nil, commit: String = "c1", tries: Int = 1,
        age: Duration = .seconds(86_400)
    ) -> ReviewRound {
        ReviewRound(
            project: project, pull: 12, commit: commit, state: state, run: Run.ID(rawValue: 1), agent: .codex,
            tries: tries, decision: decision, notes: "", changedAt: now - age)
    }

    static func remark(
        _ body: String, _ kind: PullRemark.Kind = .comment, by author: String = "octo",
        age: Duration = .seconds(60)
    ) -> PullRemark {
        PullRemark(id: body.utf8.count, kind: kind, author: author, body: body, createdAt: now - age)
    }

    static func failing(
        _ names: String..., pending: Bool = false, commit: String = "c1", age: Duration = .zero
    )
        -> PullChecks
    {
        let failed = names.map { name in
            var check = PullCheck(name: name, state: .failed)
            check.completedAt = now - age
            return check
        }
        let other = PullCheck(name: "other", state: pending ? .pending : .passed)
        return PullChecks(commit: commit, checks: failed + [other])
    }
}
