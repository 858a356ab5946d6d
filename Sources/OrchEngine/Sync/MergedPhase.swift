import OrchCore

/// Tasks in review, or before a person, whose pull request is closed.
///
/// One conditional call a project with such tasks. The ETag holds for the tasks that waited when the list was
/// read: for one that has joined them the list is read anew, since its pull request may have been closed
/// before.
struct MergedPhase: SyncPhase {
    static let name = "merged"

    struct Picture {
        var seen: MergedRule.Picture
        var cursor: MergedCursor
    }

    private let work: SyncWork

    init(_ work: SyncWork) { self.work = work }

    func observe() throws -> Picture? {
        guard let forge = work.forge else { return nil }
        let tasks = try waitingTasks()
        if tasks.isEmpty { return nil }
        let last = try work.store.cursor(work.cursorName(Self.name)).flatMap(MergedCursor.init)
        let ids = Set(tasks.map(\.key.id))
        let new = tasks.filter { last?.tasks.contains($0.key.id) != true }
        let horizon = try new.map(beginning).min() ?? work.now
        let since = min(last?.since ?? horizon, horizon)
        guard let list = try forge.closedPullRequests(since: since, etag: new.isEmpty ? last?.etag : nil)
        else { return nil }
        let newest = list.pulls.map(\.updatedAt).max() ?? since
        var seen = MergedRule.Picture(tasks: tasks, pulls: list.pulls)
        seen.openHeads = try openHeads(beside: seen, on: forge)
        return Picture(seen: seen, cursor: MergedCursor(since: newest, tasks: ids, etag: list.etag))
    }

    private func waitingTasks() throws -> [AgentTask] {
        try [TaskStatus.inReview, .needsReview].flatMap {
            try work.store.tasks(of: work.project.id, status: $0, limit: Self.taskLimit)
        }.filter { $0.status == .inReview || $0.pullRequest != nil && !$0.isClosed }
    }

    /// Asked only where a task would be told of an unmerged end whose pull request has no known number.
    private func openHeads(beside seen: MergedRule.Picture, on forge: any Forge) throws -> Set<String> {
        let heads = MergedRule.decide(seen).compactMap { step -> String? in
            guard case .ask(let task, let pull) = step, MergedRule.number(of: task) == nil else { return nil }
            return pull.head
        }
        return Set(try heads.filter { try forge.pullRequest(of: $0) != nil })
    }

    /// Nobody reviews more.
    private static let taskLimit = 1000
    /// How far apart this clock and GitHub's may be.
    private static let clockTolerance: Duration = .seconds(3600)
    /// How long a task without a run of orch's own, one of v0's, may have been in review.
    private static let longestReview: Duration = .seconds(90 * 86_400)

    /// A moment before the task's pull request was opened.
    private func beginning(of task: AgentTask) throws -> Timestamp {
        let run = try work.store.runs(of: task.key, limit: 1).first
        return run.map { $0.startedAt - Self.clockTolerance } ?? work.now - Self.longestReview
    }

    static func decide(_ picture: Picture) -> [MergedRule.Step] { MergedRule.decide(picture.seen) }

    func perform(_ step: MergedRule.Step) throws {
        switch step {
        case .finish(let task, let pull): try finish(task, pull)
        case .ask(let task, let pull): try ask(task, pull)
        }
    }

    func remember(_ picture: Picture, failed: [MergedRule.Step]) throws {
        guard failed.isEmpty else { return }
        try work.store.setCursor(work.cursorName(Self.name), to: picture.cursor.text)
    }

    /// The effects first, which are the same a second time; the row last, since nobody looks at a task that
    /// is done.
    private func finish(_ task: AgentTask, _ pull: TrackedPullRequest) throws {
        try work.requireUnchanged(task)
        try work.show(.done, of: task)
        let changes: [TaskChange] = [.status(.done), .lastError(nil), .pullRequest(pull.url)]
        let notice = work.ports.noticing(work.project).merged(pull, of: task)
        try work.change(task, try changes + work.closing(task), telling: notice)
        try work.audit("merged", task.key, pull.url)
        work.ports.hook(
            work.project, "on_pr_merged", ["ORCH_PR_URL": pull.url, "ORCH_TASK_ID": task.key.id])
    }

    /// The comment first, found again by its key: said once, whatever happens in between.
    private func ask(_ task: AgentTask, _ pull: TrackedPullRequest) throws {
        try work.requireUnchanged(task)
        let reason = "pull request #\(pull.number) was closed without being merged"
        var comment = ResultComment(agent: task.agent ?? .orch, attempt: task.attempts, status: .needsReview)
        comment.owner = work.project.settings.workflow.reviewOwner
        comment.reason =
            "\(reason). `/retry` starts the task anew, `/close` ends it; reopening the pull request goes on with it."
        try work.say(comment.text(work.publicText), on: task.key, key: "closed-unmerged-\(pull.number)")
        try work.show(.needsReview, of: task)
        try work.change(task, [.status(.needsReview), .lastError(reason)])
        try work.audit("closed_unmerged", task.key, pull.url)
    }
}

/// How far the phase has come: `TIME ID,ID ETAG`.
struct MergedCursor: Equatable {
    /// The newest change that was looked at.
    let since: Timestamp
    /// The tasks that were in review.
    let tasks: Set<String>
    let etag: String?

    init(since: Timestamp, tasks: Set<String>, etag: String?) {
        self.since = since
        self.tasks = tasks
        self.etag = etag
    }

    init?(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 2)
        guard parts.count >= 2, let since = Timestamp(iso8601: parts[0]) else { return nil }
        let etag = parts.count == 3 ? String(parts[2]) : nil
        self.init(since: since, tasks: Set(parts[1].split(separator: ",").map(String.init)), etag: etag)
    }

    var text: String {
        "\(since.iso8601) \(tasks.sorted().joined(separator: ","))" + (etag.map { " \($0)" } ?? "")
    }
}
