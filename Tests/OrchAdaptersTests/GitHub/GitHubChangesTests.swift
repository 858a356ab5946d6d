import JSON
import OrchAdapters
import OrchCore
import OrchTesting
import Testing

@Suite(.requiresGitHub)
struct GitHubChangesTests {
    @Test func `every page is read, and pull requests are no tasks`() throws {
        let stage = try GitHubStage(isLean: true)
        try stage.server.file(["title": "Issue", "count": 230])
        try stage.server.file(["title": "Pull", "pull": ["head": "work", "base": "main"]])
        let first = try stage.tracker.changes(since: nil)
        #expect(first.tasks.map(\.id) == (1...230).map { "\($0)" })
        #expect(first.isComplete)
        // All of them changed within the cursor's second, so all come again, page by page.
        let again = try stage.tracker.changes(since: first.cursor)
        #expect(Set(again.tasks.map(\.id)).count == again.tasks.count)
    }

    @Test func `the delta is paged too`() throws {
        let stage = try GitHubStage(isLean: true)
        let cursor = try stage.tracker.changes(since: nil).cursor
        try stage.server.file(["title": "Issue", "count": 130])
        let changes = try stage.tracker.changes(since: cursor)
        #expect(Set(changes.tasks.map(\.id)) == Set((1...130).map { "\($0)" }))
    }

    @Test func `what else happens within the cursor's second is not missed`() throws {
        let stage = try GitHubStage(isLean: true)
        try stage.server.admin("POST", "clock", ["now": 1_800_000_000])
        try stage.server.file(["title": "First"])
        var cursor = try stage.tracker.changes(since: nil).cursor
        for _ in 1...2 { cursor = try stage.tracker.changes(since: cursor).cursor }
        try stage.server.file(["title": "Same second"])
        #expect(try stage.tracker.changes(since: cursor).tasks.map(\.id).contains("2"))
    }

    @Test func `a list that lost an issue while it was read is read again`() throws {
        let stage = try GitHubStage(isLean: true)
        try stage.server.file(["title": "Issue", "count": 150])
        // Issue 1 is closed before page two is asked for, so 101 moves up to page one, which was read.
        try stage.server.admin(
            "POST", "misbehave",
            [
                "kind": "close_first", "path": "page=2", "repository": .string(GitHubStandIn.repository),
            ])
        let changes = try stage.tracker.changes(since: nil)
        #expect(changes.tasks.map(\.id) == (2...150).map { "\($0)" })
    }

    @Test func `a list that loses issues at every reading has no cursor, so that it is read again`() throws {
        let stage = try GitHubStage(isLean: true)
        try stage.server.admin("POST", "clock", ["now": 1_800_000_000])
        try stage.server.file(["title": "Issue", "count": 150])
        try stage.server.admin(
            "POST", "misbehave",
            [
                "kind": "close_first", "path": "page=2", "count": 2,
                "repository": .string(GitHubStandIn.repository),
            ])
        let changes = try stage.tracker.changes(since: nil)
        #expect(!changes.isComplete && changes.cursor == nil)
        // What was closed in the second in which a list begins may have been in it.
        try stage.server.admin("POST", "clock", ["now": 1_800_000_010])
        let next = try stage.tracker.changes(since: changes.cursor)
        #expect(next.isComplete && next.cursor != nil && next.tasks.count == 148)
    }

    @Test func `a deleted account and a missing body are no obstacle`() throws {
        let stage = try GitHubStage(isLean: true)
        try stage.server.file(["title": "x", "login": .null, "body": .null])
        let task = try #require(try stage.tracker.changes(since: nil).tasks.first)
        #expect(task.author == "ghost")
        #expect(task.body == "")
    }

    @Test func `sub-issues are counted as the tracker counts them`() throws {
        let stage = try GitHubStage(isLean: true)
        let parent = try stage.tracker.create(TaskDraft(title: "Parent")).id
        for number in 1...2 {
            var draft = TaskDraft(title: "Child \(number)")
            draft.parent = TaskKey(project: stage.project, backend: .github, id: parent)
            try stage.tracker.close(stage.tracker.create(draft).id)
        }
        #expect(try stage.tracker.get(parent)?.subtasks == AgentTask.Subtasks(total: 2, closed: 2))
    }

    @Test func `with a sync label only issues that carry it are tasks, and losing it closes`() throws {
        let stage = try GitHubStage(isLean: true) { $0.syncLabel = "orch" }
        try stage.server.file(["title": "Ours", "labels": ["Orch", "status:new"]])
        try stage.server.file(["title": "Not ours", "labels": ["status:new"]])
        let first = try stage.tracker.changes(since: nil)
        #expect(first.tasks.map(\.id) == ["1"])
        #expect(try stage.tracker.list(status: .new).map(\.id) == ["1"])
        try stage.server.admin(
            "POST", "change",
            [
                "repository": .string(GitHubStandIn.repository), "number": 1, "labels": ["status:new"],
            ])
        let second = try stage.tracker.changes(since: first.cursor)
        #expect(second.tasks.first { $0.id == "1" }?.isClosed == true)
        #expect(!second.tasks.contains { !$0.isClosed })
    }

    @Test func `a cursor that cannot be read lists everything anew`() throws {
        let stage = try GitHubStage(isLean: true)
        try stage.server.file(["title": "x"])
        #expect(try stage.tracker.changes(since: "17").isComplete)
    }

    @Test func `a body of a megabyte arrives whole`() throws {
        let stage = try GitHubStage(isLean: true)
        let body = String(repeating: "“Zeile” \\ 🚀\r\n", count: 1 << 16)
        try stage.server.file(["title": "Big", "body": .string(body)])
        #expect(try stage.tracker.get("1")?.body == body)
        #expect(try stage.tracker.changes(since: nil).tasks.first?.body == body)
    }
}

@Suite(.requiresGitHub)
struct GitHubGetTests {
    private let stage: GitHubStage
    private let slug: JSONValue = .string(GitHubStandIn.repository)

    init() throws {
        stage = try GitHubStage()
        try stage.server.file(["title": "x"])
    }

    @Test func `a deleted issue is nil`() throws {
        try stage.server.admin("POST", "remove", ["repository": slug, "number": 1])
        #expect(try stage.tracker.get("1") == nil)
        #expect(try stage.tracker.get("2") == nil)
    }

    @Test func `a pull request is nil`() throws {
        let number = try stage.server.file(["title": "x", "pull": ["head": "a", "base": "main"]])
        #expect(try stage.tracker.get("\(number)") == nil)
    }

    @Test func `an issue that was transferred is nil, although gh finds it elsewhere`() throws {
        try stage.server.admin(
            "POST", "seed",
            [
                "repositories": [["full_name": "octo/other", "issues": [["title": "x"]]]]
            ])
        try stage.server.admin(
            "POST", "remove",
            [
                "repository": slug, "number": 1, "to": "/repos/octo/other/issues/1",
            ])
        #expect(try stage.tracker.get("1") == nil)
    }

    @Test func `a repository that cannot be seen is an error and no deletion`() throws {
        let missing = try #require(RepositorySlug("octo/nothing"))
        let connection = GitHubConnection(
            repository: missing, memory: stage.memory, environment: stage.server.environment,
            now: stage.connection.now)
        let tracker = GitHubTracker(connection)
        #expect(throws: TrackerError.notFound(what: "repos/octo/nothing")) { try tracker.get("1") }
        #expect(throws: TrackerError.self) { try tracker.changes(since: nil) }
        #expect(
            throws: TrackerError.notFound(
                what: "Could not resolve to a Repository with the name 'octo/nothing'.")
        ) { try tracker.checkHealth() }
    }
}
