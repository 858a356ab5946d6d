import OrchCore

/// Slash commands and plain words of people who may drive, on issues that are tasks and on their pull
/// requests.
///
/// It shares the call of `mentions`. A comment is a row (`heard`) before anything is done about it: `begun` →
/// `done`, with the answer that is due → `settled`. A crash in between repeats the command, which changes
/// nothing a second time, or gives the answer that is due.
struct CommandsPhase: SyncPhase {
    static let name = "commands"

    struct Picture {
        var seen = CommandsRule.Picture()
        var cursor: String
    }

    let work: SyncWork

    init(_ work: SyncWork) { self.work = work }

    private var project: Project.ID { work.project.id }

    static func decide(_ picture: Picture) -> [CommandsRule.Step] { CommandsRule.decide(picture.seen) }

    func observe() throws -> Picture? {
        guard let threads = work.ports.threads(work.project) else { return nil }
        let cursor = try work.store.cursor(work.cursorName(Self.name))
        let new = try work.newComments(since: cursor, in: threads)
        var picture = Picture(cursor: new.cursor)
        try look(at: new.comments, on: threads, into: &picture.seen)
        return picture.seen == CommandsRule.Picture() && new.cursor == cursor ? nil : picture
    }

    private func look(
        at comments: [ThreadComment], on threads: any Threads, into seen: inout CommandsRule.Picture
    ) throws {
        let isAnyoneCalled = comments.contains { !$0.isByBot && $0.comment.body.contains("@") }
        let names = isAnyoneCalled ? try work.names(on: threads) : CommentReading.names
        let meant = comments.map { ($0, CommentReading.meaning(of: $0, names: names)) }.filter { _, meaning in
            switch meaning {
            case .command, .words: true
            case .mention, .nothing: false
            }
        }
        if meant.isEmpty { return }
        let known = try work.store.heard(meant.map { $0.0.comment.id }, in: project)
        let runs = try work.store.openRuns()
        for (comment, meaning) in meant {
            switch known[comment.comment.id]?.state {
            case .done: known[comment.comment.id].map { seen.unanswered.append($0) }
            case nil, .begun:
                if let said = try said(comment, meaning, runs: runs) { seen.said.append(said) }
            case .acknowledged, .settled, .refused: continue
            }
        }
        if seen.said.isEmpty { return }
        seen.drivers = try work.drivers(among: seen.said.map(\.comment))
        seen.lately = try work.store.countHeard(in: project, since: work.now - .seconds(3600))
        for heard in known.values where heard.state == .begun { seen.lately[heard.thread, default: 1] -= 1 }
    }

    private func said(
        _ comment: ThreadComment, _ meaning: CommentReading.Meaning, runs: [Run]
    ) throws -> CommandsRule.Said? {
        guard let task = try task(of: comment) else { return nil }
        var said = CommandsRule.Said(comment: comment, meaning: meaning, task: task)
        said.lastRunAt = try work.store.runs(of: task.key, limit: 1).first?.startedAt
        said.isRunning = runs.contains { $0.task == task.key && $0.kind == .work && $0.state.isLive }
        if task.status == .blocked {
            said.waitsForChildren = try work.store.children(of: task.key).contains(where: \.isOpen)
        }
        return said
    }

    /// The task that is the issue, or whose pull request it is.
    private func task(of comment: ThreadComment) throws -> AgentTask? {
        if comment.isOnPullRequest {
            let url = String(comment.url.prefix { $0 != "#" })
            return try work.store.task(ofPullRequest: url, in: project)
        }
        return try work.store.task(TaskKey(project: project, backend: .github, id: comment.thread))
    }

    func remember(_ picture: Picture, failed: [CommandsRule.Step]) throws {
        guard failed.isEmpty else { return }
        try work.store.setCursor(work.cursorName(Self.name), to: picture.cursor)
    }

    // MARK: - Acting

    func perform(_ step: CommandsRule.Step) throws {
        switch step {
        case .obey(let said, let command): try obey(said, command)
        case .heed(let said, let way): try heed(said, way)
        case .answer(let heard): try answer(heard, isRepeated: true)
        case .refuse(let said, let act, let reason):
            var heard = heard(said, act)
            heard.state = .refused
            heard.note = reason
            try work.store.hear(heard, in: project)
        }
    }

    private func heard(_ said: CommandsRule.Said, _ act: HeardComment.Act) -> HeardComment {
        let comment = said.comment.comment
        var heard = HeardComment(
            id: comment.id, thread: said.comment.thread, author: comment.author, act: act,
            saidAt: comment.createdAt)
        heard.task = said.task.key
        return heard
    }

    /// 1. Write it down. 2. Obey. 3. Write down what is to be answered. 4. Answer.
    private func obey(_ said: CommandsRule.Said, _ command: SlashCommand) throws {
        var heard = heard(said, .command)
        try work.store.hear(heard, in: project)
        heard.note = try Obeying(work: work, said: said).answer(to: command)
        heard.state = .done
        try work.store.settle(heard, in: project)
        try answer(heard, isRepeated: false)
    }

    private func answer(_ heard: HeardComment, isRepeated: Bool) throws {
        let text = "\(Self.marker)\n\(work.publicText.clean(heard.note))\n\n\(Self.footer)"
        try work.reply(
            text, in: heard.thread, key: "heard-\(heard.id)", since: isRepeated ? heard.saidAt : nil)
        var heard = heard
        heard.state = .settled
        try work.store.settle(heard, in: project)
    }

    /// v0's mark of such answers, by which its scripts leave them alone.
    private static let marker = "<!-- orch:owner-command -->"
    private static let footer = "---\n*By Orchestrator via [Orchestrator](\(ResultComment.home))*"

    private func heed(_ said: CommandsRule.Said, _ way: CommandsRule.Way) throws {
        var heard = heard(said, .feedback)
        try work.store.hear(heard, in: project)
        let steering = work.steering(by: said.comment.comment.author)
        switch way {
        case .tell:
            let words = HiddenComments.removed(from: said.comment.comment.body)
            _ = try steering.say(words, to: said.task, request: said.request)
        case .restart: _ = try steering.retry(said.task, keepingAgent: true)
        }
        heard.state = .settled
        try work.store.settle(heard, in: project)
    }
}
