import OrchAdapters
import OrchCore
import OrchEngine
import Platform
import Subprocess

/// `gh_mentions.sh`: a comment that calls orch becomes an issue for an agent, and is acknowledged once.
enum V0Mentions {
    static let functions: [String: V0Command.Function] = ["gh_mentions": { try look($0) }]

    /// One process at a time for a repository; without one, or without `gh`, there is nothing to do.
    private static func look(_ call: V0Call) throws -> Int32 {
        guard let repository = try? call.repository(),
            ProgramSearch.find("gh", path: call.environment["PATH"] ?? "") != nil
        else { return 0 }
        let ledger = MentionLedgerFile(
            directory: "\(call.home.home)/.orchestrator/mentions", repository: repository)
        let lock = "\(ledger.path.dropLast(".json".count)).lock"
        try Directory.make("\(call.home.home)/.orchestrator/mentions")
        guard try V0LockFolders.acquire(lock, owner: "\(ProcessIdentity.current()?.pid ?? 0)", call) else {
            return 0
        }
        defer { _ = V0LockFolders.remove(lock) }
        try takeAll(on: try call.connection(), ledger, call)
        return 0
    }

    private static func takeAll(
        on connection: GitHubConnection, _ ledger: MentionLedgerFile, _ call: V0Call
    ) throws {
        let threads = GitHubThreads(connection)
        let since = try ledger.since() ?? Timestamp(seconds: 0)
        let new = try threads.newComments(since: GitHubCursor(since: since).text)
        let names = CommentReading.names
        let calls = new.comments.filter { CommentReading.meaning(of: $0, names: names) == .mention }
        let known = try ledger.known(calls.map(\.comment.id))
        var picture = MentionsRule.Picture()
        picture.calls = calls.filter { !known.contains($0.comment.id) }
        for said in picture.calls where try mayDrive(said, connection) {
            picture.drivers.insert(said.comment.author)
            picture.threads[said.thread] = try threads.thread(said.thread)
        }
        for step in MentionsRule.decide(picture) {
            switch step {
            case .take(let said): try take(said, on: connection, ledger, call)
            case .refuse(let said, let reason):
                call.complain("[mentions] comment \(said.comment.id) on #\(said.thread) skipped: \(reason)")
            case .show, .settle: continue
            }
        }
        if let cursor = GitHubCursor(new.cursor) { try ledger.setSince(cursor.since) }
    }

    /// As everywhere. A stand-in for GitHub knows no permissions that could be asked for; whoever comments
    /// there was let in by whoever put it on PATH.
    private static func mayDrive(_ said: ThreadComment, _ connection: GitHubConnection) throws -> Bool {
        if said.isByStranger { return false }
        return try connection.dialect == .plain || connection.tracker.mayWrite(said.comment.author)
    }

    /// 1. The issue. 2. Its sidecar says where the result goes too. 3. The ledger. 4. The answer.
    ///
    /// v0 marks no issue as made for a comment: a process that dies before 3 makes another.
    private static func take(
        _ said: ThreadComment, on connection: GitHubConnection, _ ledger: MentionLedgerFile, _ call: V0Call
    ) throws {
        let threads = GitHubThreads(connection)
        guard let thread = try threads.thread(said.thread) else { return }
        let draft = MentionsRule.draft(of: said, in: thread, isTrusted: false, earlier: [])
        let id = try V0Creating.create(
            V0Creating.Order(
                title: draft.title, body: draft.body, directory: call.projectDirectory,
                labels: draft.labels.joined(separator: ",")), call)
        try call.sidecars.merge(
            [
                "mention_target_repo": .text("\(connection.repository)"),
                "mention_target_issue": .text(said.thread),
                "mention_source_comment_id": .text(said.comment.id),
                "mention_source_comment_url": .text(said.url),
                "mention_source_author": .text(said.comment.author),
            ], into: call.key(id))
        try ledger.add(said, task: id)
        let key = TaskKey(project: call.key(id).project, backend: .github, id: id)
        try V0Comments.post(
            "<!-- orch:mention -->\n\(MentionsRule.acknowledgement(of: key))", on: said.thread, call)
    }
}
