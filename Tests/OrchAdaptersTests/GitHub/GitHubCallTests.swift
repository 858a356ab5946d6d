import JSON
import OrchAdapters
import OrchCore
import OrchTesting
import Platform
import Testing

/// What each operation costs: one `gh` is 110 ms of CPU, so these numbers are the speed of orch.
@Suite(.requiresGitHub)
struct GitHubCallTests {
    private let stage: GitHubStage
    private var tracker: any Tracker { stage.tracker }

    init() throws { stage = try GitHubStage(isLean: true) }

    private func calls(_ act: () throws -> Void) throws -> [String] { try stage.calls(act) }

    @Test func `a comment costs one call, two where it may exist`() throws {
        let id = "\(try stage.server.file(["title": "x"]))"
        #expect(
            try calls { _ = try tracker.comment("a", on: id, key: "k1", mayExist: false) }
                == ["POST issues/1/comments 201"])
        #expect(
            try calls { _ = try tracker.comment("b", on: id, key: "k2", mayExist: true) }
                == ["POST Comments 200", "POST issues/1/comments 201"])
        #expect(
            try calls { _ = try tracker.comment("b", on: id, key: "k2", mayExist: true) }
                == ["POST Comments 200"])
        #expect(try calls { _ = try tracker.comments(on: id, limit: 20) } == ["POST Comments 200"])
    }

    @Test func `an issue of an earlier try is found behind however many are newer`() throws {
        var draft = TaskDraft(title: "Once")
        draft.key = "publish-i1"
        draft.firstTry = Timestamp(seconds: Int(WallClock.unixSeconds()))
        let first = try tracker.create(draft)
        try stage.server.file(["title": "Newer", "count": 120])
        var second: TrackedTask?
        #expect(
            try calls { second = try tracker.create(draft) }
                == ["POST RecentIssues 200", "POST RecentIssues 200", "GET issues/1 200"])
        #expect(second?.id == first.id)
    }

    @Test func `a quiet list costs one call and no quota`() throws {
        for _ in 1...3 { try stage.server.file(["title": "x"]) }
        var cursor: String?
        #expect(try calls { cursor = try tracker.changes(since: nil).cursor } == ["GET issues 200"])
        #expect(try calls { cursor = try tracker.changes(since: cursor).cursor } == ["GET issues 200"])
        let before = try stage.memory.quota("rest")
        for _ in 1...3 {
            #expect(try calls { cursor = try tracker.changes(since: cursor).cursor } == ["GET issues 304"])
        }
        #expect(try stage.memory.quota("rest") == before)
    }

    @Test func `creating costs one call, a key and a parent one each`() throws {
        var draft = TaskDraft(title: "x")
        #expect(try calls { _ = try tracker.create(draft) } == ["GET labels 200", "POST issues 201"])
        #expect(try calls { _ = try tracker.create(draft) } == ["POST issues 201"])
        draft.key = "k"
        #expect(try calls { _ = try tracker.create(draft) } == ["POST RecentIssues 200", "POST issues 201"])
        draft.key = "k2"
        draft.parent = TaskKey(project: stage.project, backend: .github, id: "1")
        #expect(
            try calls { _ = try tracker.create(draft) } == [
                "POST RecentIssues 200", "POST issues 201", "POST Children 200", "POST AddSubIssue 200",
            ])
        #expect(
            try calls { _ = try tracker.create(draft) } == [
                "POST RecentIssues 200", "GET issues/4 200", "POST Children 200",
            ])
    }

    @Test func `a permission is asked for once an hour, and not at all of those who are named`() throws {
        try stage.admit("friend", mayWrite: true)
        var answers: [Bool] = []
        #expect(
            try calls { for _ in 1...3 { answers.append(try tracker.mayWrite("friend")) } } == [
                "GET collaborators/friend/permission 200"
            ])
        #expect(answers == [true, true, true])
        let named = ["octo", "OCTO", "x[bot]", "ghost", ""]
        #expect(try calls { for login in named { _ = try tracker.mayWrite(login) } }.isEmpty)
    }

    @Test func `the rest costs one call each`() throws {
        let id = "\(try stage.server.file(["title": "x", "labels": ["bug"]]))"
        #expect(try calls { _ = try tracker.get(id) } == ["GET issues/1 200"])
        #expect(try calls { _ = try tracker.list(status: .new) } == ["GET issues 200"])
        #expect(try calls { try tracker.removeLabel("bug", from: id) } == ["DELETE issues/1/labels/bug 200"])
        #expect(try calls { _ = try tracker.children(of: id) } == ["POST Children 200"])
        #expect(try calls { try tracker.close(id) } == ["PATCH issues/1 200"])
        #expect(try calls { _ = try tracker.checkHealth() } == ["POST Health 200"])
        let draft = PullRequestDraft(head: "work", base: "main", title: "x", body: "y")
        #expect(try calls { _ = try stage.forge.openPullRequest(draft) } == ["POST pulls 201"])
    }
}
