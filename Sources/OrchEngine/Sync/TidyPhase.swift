import OrchCore

/// Worktrees and branches of finished tasks, and what old runs have left.
///
/// Asks nobody while there is no such worktree; one that has to stay is looked at once an hour, what is old
/// once a day, and both whenever a person asks.
struct TidyPhase: SyncPhase {
    static let name = "tidy"
    static let needsForge = false
    static let concernsHome = true

    struct Picture {
        var seen = TidyRule.Picture()
        var kept = KeptWorktrees()
        /// Rows of that age are forgotten; nil: not now.
        var forgetBefore: Timestamp?
    }

    private let work: SyncWork

    init(_ work: SyncWork) { self.work = work }

    private var store: any Store { work.store }
    private var project: Project { work.project }

    static func decide(_ picture: Picture) -> [TidyRule.Step] { TidyRule.decide(picture.seen) }

    /// Each costs a fetch; the others have their turn in the next sync.
    private static let taskLimit = 20
    /// How long one that was kept is left alone.
    private static let rest: Duration = .seconds(3600)
    private static let sweepRest: Duration = .seconds(86_400)

    func observe() throws -> Picture? {
        var picture = Picture()
        try addTasks(to: &picture)
        try addOldThings(to: &picture)
        return picture.seen == TidyRule.Picture() && picture.forgetBefore == nil ? nil : picture
    }

    // MARK: - Tasks

    private func addTasks(to picture: inout Picture) throws {
        picture.kept = KeptWorktrees(try store.cursor(work.cursorName(Self.name)) ?? "")
        let finished = try store.finishedTasks(of: project.id)
        picture.kept.forget(allBut: finished.map(\.key.id))
        let runs = try store.openRuns()
        let due = finished.filter { task in
            let last = picture.kept[task.key.id]
            let age = last.map { work.now.since($0.at) } ?? Self.rest
            // What was kept at a moment to come was so by a clock that was ahead.
            let isDue = age >= Self.rest || age < .zero
            return (isDue || work.isByHand) && !runs.contains { $0.task == task.key }
        }
        for task in due.prefix(Self.taskLimit) {
            try work.keepLease()
            let remains = remains(of: task)
            let last = picture.kept[task.key.id]?.reason
            if case .unproven(let reason) = remains {
                picture.kept[task.key.id] = KeptWorktrees.Entry(reason: reason, at: work.now)
            }
            picture.seen.tasks.append(
                TidyRule.Finding(task: task, remains: remains, lastReason: work.isByHand ? nil : last))
        }
    }

    /// Whatever cannot be found out leaves it unproven.
    private func remains(of task: AgentTask) -> Remains {
        do {
            if work.ports.claims.holder(of: task.key) != nil { return .unproven("v0 works on it") }
            if let path = task.worktree, let pid = work.ports.occupants(path).first {
                return .unproven("process \(pid) works in \(path)")
            }
            let repository = work.ports.repository(project)
            try AcceptedSettings(of: project.id, store: store).check(
                try repository.networkSettings(in: nil))
            let local = try repository.remains(branch: task.branch, worktree: task.worktree, merged: nil)
            guard case .unproven = local, let merged = try mergedCommit(of: task) else { return local }
            return try repository.remains(branch: task.branch, worktree: task.worktree, merged: merged)
        } catch {
            return .unproven(ErrorText.problem(of: error))
        }
    }

    /// What the forge says it has merged, where git alone does not see it: squashed, and the base has moved
    /// on.
    private func mergedCommit(of task: AgentTask) throws -> String? {
        guard let forge = work.forge, let run = try store.runs(of: task.key, limit: 1).first else {
            return nil
        }
        let closed = try forge.closedPullRequests(since: run.startedAt - .seconds(3600), etag: nil)
        guard let pull = MergedRule.pull(of: task, in: closed?.pulls ?? []), pull.state == .merged else {
            return nil
        }
        return pull.commit
    }

    // MARK: - What is old

    private static let deliveryRetention: Duration = .seconds(7 * 86_400)

    private var sweepCursor: String { "swept:\(project.id.rawValue)" }

    private func addOldThings(to picture: inout Picture) throws {
        let days = project.settings.workflow.retentionDays
        guard days > 0, let storeroom = work.ports.storeroom else { return }
        let last = try store.cursor(sweepCursor).flatMap { Timestamp(iso8601: $0) }
        if !work.isByHand, let last, work.now.since(last) < Self.sweepRest, last <= work.now { return }
        let before = work.now - .seconds(days * 86_400)
        picture.seen.old = storeroom.old(of: project, before: before, live: try store.openRuns())
        picture.forgetBefore = before
    }

    // MARK: - Acting

    func perform(_ step: TidyRule.Step) throws {
        switch step {
        case .remove(let task, let left):
            try requireIdle(task)
            try work.ports.repository(project).remove(left)
            try settle(task)
            try work.audit("tidy", task.key, step.sentence)
        case .settle(let task): try settle(task)
        case .keep: return
        case .sweep(let old): try sweep(old)
        }
    }

    /// What cannot be removed keeps nothing else from going; the first of its errors is thrown at the end.
    private func sweep(_ old: [OldThing]) throws {
        var problem: (any Error)?
        for thing in old {
            try work.keepLease()
            do { try work.ports.storeroom?.remove(thing, of: project) } catch { problem = problem ?? error }
        }
        if let problem { throw problem }
    }

    /// A person may have started it anew in this very moment.
    private func requireIdle(_ task: AgentTask) throws {
        try work.requireUnchanged(task)
        if try store.openRuns().contains(where: { $0.task == task.key }) {
            throw EngineError.changedMeanwhile(task.key.id)
        }
    }

    /// After the folder: a crash in between leaves a task without one, which the next sync settles. The row
    /// last, since by it the task is found.
    private func settle(_ task: AgentTask) throws {
        var problem: (any Error)?
        do {
            try work.ports.sidecars(project).merge(["worktree_cleaned": .text("1")], into: task.key)
        } catch {
            problem = error
        }
        try store.change(task.key, [.worktree(nil)])
        if let problem { throw SidecarLag(cause: problem) }
    }

    /// What could not be removed has its next turn tomorrow.
    func remember(_ picture: Picture, failed: [TidyRule.Step]) throws {
        try store.setCursor(work.cursorName(Self.name), to: picture.kept.text)
        guard let moment = picture.forgetBefore else { return }
        try store.forget(before: moment, in: project.id)
        try store.forgetNotices(of: project.id, before: moment)
        // What is no project's goes with the first whose time it is; GitHub itself remembers three days.
        try store.forgetNotices(of: nil, before: moment)
        try store.forgetThreads(before: moment)
        try store.forgetDeliveries(before: min(moment, work.now - Self.deliveryRetention))
        // More than one sweep takes is swept by the next sync.
        if picture.seen.old.count > TidyRule.oldLimit { return }
        try store.setCursor(sweepCursor, to: work.now.iso8601)
    }
}

/// Worktrees that had to stay: why, and when that was found: a line each, `ID TIME REASON`.
struct KeptWorktrees {
    struct Entry {
        let reason: String
        let at: Timestamp
    }

    private var entries: [String: Entry] = [:]

    init(_ text: String = "") {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 2)
            guard parts.count == 3, let at = Timestamp(iso8601: parts[1]) else { continue }
            entries[String(parts[0])] = Entry(reason: String(parts[2]), at: at)
        }
    }

    subscript(_ task: String) -> Entry? {
        get { entries[task] }
        set { entries[task] = newValue }
    }

    mutating func forget(allBut tasks: [String]) {
        let known = Set(tasks)
        entries = entries.filter { known.contains($0.key) }
    }

    var text: String {
        entries.sorted { $0.key < $1.key }
            .map { "\($0.key) \($0.value.at.iso8601) \($0.value.reason.firstLine)" }
            .joined(separator: "\n")
    }
}
