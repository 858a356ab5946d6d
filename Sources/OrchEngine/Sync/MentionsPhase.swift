import OrchCore

/// Comments that call orch by name, and what has come of earlier ones.
///
/// One conditional call, which `commands` shares. A comment is a row (`heard`) before it is a task: `begun` →
/// `acknowledged` → `settled`. A crash in between is continued by the next sync: the cursor stands still
/// until all were dealt with, the task and the answer are found again by their keys.
struct MentionsPhase: SyncPhase {
    static let name = "mentions"

    struct Picture {
        var seen = MentionsRule.Picture()
        var cursor: String
    }

    private let work: SyncWork
    private let threads: (any Threads)?
    /// Where mentions become tasks.
    var backend = TaskKey.Backend.internal

    init(_ work: SyncWork) {
        self.work = work
        threads = work.ports.threads(work.project)
    }

    private var project: Project.ID { work.project.id }

    static func decide(_ picture: Picture) -> [MentionsRule.Step] { MentionsRule.decide(picture.seen) }

    func observe() throws -> Picture? {
        guard let threads else { return nil }
        let cursor = try work.store.cursor(work.cursorName(Self.name))
        let new = try work.newComments(since: cursor, in: threads)
        var picture = Picture(cursor: new.cursor)
        try addResults(to: &picture.seen)
        try look(at: new.comments, on: threads, into: &picture.seen)
        return picture.seen == MentionsRule.Picture() && new.cursor == cursor ? nil : picture
    }

    private func look(
        at comments: [ThreadComment], on threads: any Threads, into seen: inout MentionsRule.Picture
    ) throws {
        // Who mentions nobody need not be compared with the own login, which may cost a call.
        let candidates = comments.filter { !$0.isByBot && $0.comment.body.contains("@") }
        if candidates.isEmpty { return }
        let names = try work.names(on: threads)
        let calls = candidates.filter { CommentReading.meaning(of: $0, names: names) == .mention }
        let ids = calls.map(\.comment.id)
        let known = try work.store.heard(ids, in: project)
        let byV0 = calls.isEmpty ? [] : try work.ports.mentionLedger(work.project)?.known(ids) ?? []
        seen.calls = calls.filter { call in
            known[call.comment.id].map { $0.state == .begun } ?? !byV0.contains(call.comment.id)
        }
        if seen.calls.isEmpty { return }
        seen.drivers = try work.drivers(among: seen.calls)
        let wanted = seen.calls.filter { seen.drivers.contains($0.comment.author) }
        for number in Set(wanted.map(\.thread)).sorted() {
            seen.threads[number] = try work.thread(number, in: threads)
        }
        let begun = known.values.filter { $0.state == .begun }.map(\.thread)
        seen.lately = try work.store.countHeard(in: project, since: work.now - Self.hour)
        // What is counted already is not counted against itself.
        for thread in begun { seen.lately[thread, default: 1] -= 1 }
    }

    private static let hour: Duration = .seconds(3600)

    /// What is over is looked at no more: a year's mentions are no reason for a sync to take longer.
    private func addResults(to seen: inout MentionsRule.Picture) throws {
        for mention in try work.store.openMentions(of: project) {
            guard let key = mention.task, let task = try work.store.task(key) else {
                seen.over.append(mention)
                continue
            }
            let run = try work.store.runs(of: key, limit: 1).first
            if ![.new, .routed, .inProgress].contains(task.status), let run, run.state == .collected,
                mention.note != String(run.id.rawValue)
            {
                seen.results.append(MentionsRule.Upshot(mention: mention, task: task, run: run.id))
            } else if !task.isOpen, run.map({ $0.state == .collected }) ?? true {
                seen.over.append(mention)
            }
        }
    }

    func perform(_ step: MentionsRule.Step) throws {
        switch step {
        case .take(let call): try take(call)
        case .refuse(let call, let reason): try refuse(call, reason)
        case .show(let result): try show(result)
        case .settle(var mention):
            mention.state = .settled
            try work.store.settle(mention, in: project)
        }
    }

    func remember(_ picture: Picture, failed: [MentionsRule.Step]) throws {
        guard failed.isEmpty else { return }
        try work.store.setCursor(work.cursorName(Self.name), to: picture.cursor)
    }

    private func heard(_ call: ThreadComment) -> HeardComment {
        HeardComment(
            id: call.comment.id, thread: call.thread, author: call.comment.author, act: .mention,
            saidAt: call.comment.createdAt)
    }

    private func refuse(_ call: ThreadComment, _ reason: String) throws {
        var heard = heard(call)
        heard.state = .refused
        heard.note = reason
        try work.store.hear(heard, in: project)
    }

    /// 1. Write the comment down. 2. Find or make its task. 3. Answer. 4. Say that it is acknowledged.
    private func take(_ call: ThreadComment) throws {
        guard let threads, let thread = try work.thread(call.thread, in: threads) else { return }
        let isRepeated = try work.store.heard([call.comment.id], in: project)[call.comment.id] != nil
        var heard = heard(call)
        try work.store.hear(heard, in: project)
        let task = try makeTask(of: call, in: thread)
        try work.ports.mentionLedger(work.project)?.add(call, task: task.id)
        try work.reply(
            MentionsRule.acknowledgement(of: task), to: call, key: "heard-\(call.comment.id)",
            isRepeated: isRepeated)
        heard.task = task
        heard.state = .acknowledged
        try work.store.settle(heard, in: project)
        try work.audit("mention", task, by: call.comment.author, call.url)
    }

    private func makeTask(of call: ThreadComment, in thread: CommentThread) throws -> TaskKey {
        let writers = try work.tracker()?.mayWrite(thread.author) == true ? Set([thread.author]) : []
        let isTrusted = Intaking.mayDrive(thread.author, project: work.project, writers: writers)
        let earlier = thread.isPullRequest ? [] : try earlierComments(than: call)
        var draft = MentionsRule.draft(of: call, in: thread, isTrusted: isTrusted, earlier: earlier)
        guard backend == .github, let tracker = work.tracker() else {
            return try work.store.createInternalTask(draft, in: project, now: work.now)
        }
        draft.labels.append(TaskStatus.new.label)
        return TaskKey(project: project, backend: backend, id: try tracker.create(draft).id)
    }

    private static let quotedComments = 10

    private func earlierComments(than call: ThreadComment) throws -> [TrackedComment] {
        let all = try work.tracker()?.comments(on: call.thread, limit: Self.quotedComments) ?? []
        return all.filter { $0.id != call.comment.id && CommentReading.meaning(of: $0.body) != .nothing }
    }

    /// The answer first, found again by its key; then that it was shown.
    private func show(_ result: MentionsRule.Upshot) throws {
        guard let outcome = try work.store.run(result.run)?.outcome else { return }
        let text = MentionsRule.text(of: result.task.key, result.task.status, outcome, work.publicText)
        var mention = result.mention
        let key = "heard-\(mention.id)-\(result.run.rawValue)"
        try work.reply(text, in: mention.thread, key: key, since: mention.saidAt)
        mention.note = String(result.run.rawValue)
        if !result.task.isOpen { mention.state = .settled }
        try work.store.settle(mention, in: project)
    }
}
