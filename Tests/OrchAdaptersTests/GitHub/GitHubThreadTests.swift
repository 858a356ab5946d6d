import JSON
import OrchAdapters
import OrchCore
import OrchTesting
import Testing

@Suite(.requiresGitHub)
struct GitHubThreadTests {
    private let stage: GitHubStage

    init() throws { stage = try GitHubStage(isLean: true) { $0.allowedAuthors = ["Helper"] } }

    @Test func `the newest trusted comments are found behind pages of strangers' ones`() throws {
        let strangers = JSONValue.array(Array(repeating: ["body": "spam", "login": "stranger"], count: 130))
        try stage.server.file(["title": "x", "comments": [["body": "first", "login": "octo"]]])
        try stage.server.admin(
            "POST", "seed",
            [
                "repositories": [["full_name": .string(GitHubStandIn.repository)]], "users": ["stranger"],
            ])
        try stage.server.file([
            "title": "y",
            "comments": .array(
                [["body": "one", "login": "helper"]] + (strangers.array ?? []) + [
                    ["body": "two", "login": "octo"]
                ]),
        ])
        #expect(try stage.tracker.comments(on: "2", limit: 1).map(\.body) == ["two"])
        #expect(try stage.tracker.comments(on: "2", limit: 2).map(\.body) == ["one", "two"])
    }

    @Test func `a member without write access and an app with a person's name are not trusted`() throws {
        try stage.server.admin(
            "POST", "seed",
            [
                "repositories": [["full_name": .string(GitHubStandIn.repository), "members": ["colleague"]]]
            ])
        try stage.server.file([
            "title": "x",
            "comments": [
                ["body": "by a member", "login": "colleague"], ["body": "by an app", "login": "octo[bot]"],
                ["body": "by the account", "login": "octo"], ["body": "by nobody", "login": .null],
            ],
        ])
        #expect(try stage.tracker.comments(on: "1", limit: 10).map(\.body) == ["by the account"])
    }

    @Test func `a marker that somebody else wrote finds nothing`() throws {
        let marker = HiddenMarker(key: "run-1").description
        try stage.server.file([
            "title": "x", "body": .string(marker), "login": "stranger",
            "comments": [
                ["body": .string("Done.\n\n\(marker)"), "login": "stranger"]
            ],
        ])
        _ = try stage.tracker.comment("Really done.", on: "1", key: "run-1", mayExist: true)
        #expect(try stage.tracker.comments(on: "1", limit: 10).count == 1)
        var draft = TaskDraft(title: "y")
        draft.key = "run-1"
        #expect(try stage.tracker.create(draft).id == "2")
    }

    @Test func `a comment whose answer was lost is found, not written twice`() throws {
        try stage.server.file(["title": "x"])
        try stage.server.misbehave("drop_after", ["path": "/comments"])
        #expect(throws: TrackerError.self) {
            try stage.tracker.comment("Done.", on: "1", key: "run-1", mayExist: false)
        }
        _ = try stage.tracker.comment("Done.", on: "1", key: "run-1", mayExist: true)
        let written = try stage.server.state()["issues"][0]["comments"].array ?? []
        #expect(written.compactMap { $0["body"].string } == ["Done.\n\n<!-- orch:key:run-1 -->"])
    }

    @Test func `a child that was created and not linked is linked by the next attempt`() throws {
        let parent = try stage.tracker.create(TaskDraft(title: "Parent")).id
        var draft = TaskDraft(title: "Child", body: "text")
        draft.key = "run-1-child-1"
        draft.parent = TaskKey(project: stage.project, backend: .github, id: parent)
        // Looking for an earlier one works; linking the new one does not.
        try stage.server.misbehave("error500", ["path": "/graphql", "after": 1])
        #expect(throws: TrackerError.broken(detail: "Server Error")) { try stage.tracker.create(draft) }
        #expect(try stage.tracker.children(of: parent).isEmpty)
        let child = try stage.tracker.create(draft).id
        #expect(try stage.tracker.children(of: parent) == [child])
        #expect(try stage.tracker.list(status: nil).count == 2)
    }

    @Test func `a text that is too long for GitHub is cut, the marker kept`() throws {
        try stage.server.file(["title": "x"])
        let text = String(repeating: "long ", count: 20_000)
        let id = try stage.tracker.comment(text, on: "1", key: "run-1", mayExist: false)
        #expect(try stage.tracker.comment(text, on: "1", key: "run-1", mayExist: true) == id)
    }

    @Test func `a parent on the other backend is refused`() throws {
        var draft = TaskDraft(title: "x")
        draft.parent = TaskKey(project: stage.project, backend: .internal, id: "i1")
        #expect(throws: TrackerError.unsupported("a sub-issue of the internal task i1")) {
            try stage.tracker.create(draft)
        }
    }
}
