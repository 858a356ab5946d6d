import JSON
import OrchAdapters
import OrchCore
import OrchTesting
import Testing

/// That a change of labels is one call, what it costs to get there, and that nothing else changes.
@Suite(.requiresGitHub)
struct GitHubLabelTests {
    private let stage: GitHubStage
    private let slug: JSONValue = .string(GitHubStandIn.repository)
    private var tracker: any Tracker { stage.tracker }

    init() throws {
        stage = try GitHubStage(isLean: true)
        try stage.server.file(["title": "x", "labels": ["bug"]])
    }

    private func change(_ added: [String], _ removed: [String] = [], of id: String = "1") throws {
        try tracker.changeLabels(adding: added, removing: removed, of: id)
    }

    /// Lets the adapter see the issues and the repository's labels, as after a tick or two.
    private func settle(making labels: [String]) throws {
        _ = try tracker.changes(since: nil)
        try change(labels)
        try change([], labels)
    }

    private func writesBesideCalls(_ act: () throws -> Void) throws -> Int {
        let before = stage.memory.writes
        let calls = try stage.calls(act)
        return stage.memory.writes - before - calls.count
    }

    private func labels(of id: String = "1") throws -> Set<String> {
        Set(try #require(try tracker.get(id)).labels)
    }

    @Test func `a clean task costs one call when it is claimed and one for its last status`() throws {
        let kept = ["status:in_progress", "agent:codex", "model:gpt-5", "status:done"]
        try settle(making: kept)
        try stage.server.file(["title": "Fix it", "labels": ["bug"]])
        let tracked = try #require(try tracker.changes(since: nil).tasks.last)
        let key = TaskKey(project: stage.project, backend: .github, id: tracked.id)
        var task = Merging.task(tracked, key: key)

        let claim = LabelChange.showing(
            status: .inProgress, agent: .codex, model: "gpt-5", known: task)
        #expect(try stage.calls { try tracker.apply(claim, to: "2") } == ["POST ChangeLabels 200"])
        #expect(
            try labels(of: "2") == ["bug", "status:in_progress", "agent:codex", "model:gpt-5"])

        // The list has not been read again since: only what was written is known.
        task.labelledStatus = .inProgress
        let end = LabelChange.showing(status: .done, known: task)
        #expect(try stage.calls { try tracker.apply(end, to: "2") } == ["POST ChangeLabels 200"])
        #expect(try labels(of: "2") == ["bug", "status:done", "agent:codex", "model:gpt-5"])
    }

    @Test func `labels are listed once, and each that is missing is made once, in its colour`() throws {
        _ = try tracker.changes(since: nil)
        #expect(
            try stage.calls { try change(["status:routed", "agent:codex"], ["status:new"]) } == [
                "GET labels 200", "POST labels 201", "POST labels 201", "GET labels/status%3Anew 404",
                "POST ChangeLabels 200",
            ])
        #expect(
            try stage.calls { try change(["status:done"], ["status:routed"]) } == [
                "POST labels 201", "POST ChangeLabels 200",
            ])
        let labels = try #require(stage.server.state()["labels"].array)
        let colours = labels.map { "\($0["name"].string ?? "") \($0["color"].string ?? "")" }
        #expect(
            colours == ["bug ededed", "status:routed 1d76db", "agent:codex c5def5", "status:done 0e8a16"])
    }

    @Test func `a label that somebody else made meanwhile is left as it is`() throws {
        try settle(making: [])
        try change(["status:new"])
        let label: JSONValue = ["name": "Status:Routed", "color": "123456"]
        try stage.server.admin(
            "POST", "seed", ["repositories": [["full_name": slug, "labels": [label]]]])
        #expect(
            try stage.calls { try change(["status:routed"]) } == [
                "POST labels 422", "GET labels/status%3Arouted 200", "POST ChangeLabels 200",
            ])
        #expect(try stage.calls { try change([], ["STATUS:ROUTED"]) } == ["POST ChangeLabels 200"])
        #expect(try labels() == ["bug", "status:new"])
    }

    @Test func `a name that GitHub refuses is refused, and nothing is changed`() throws {
        try settle(making: ["ok"])
        // Fifty characters are counted as GitHub counts them; an adapter that is wrong there shall say so.
        try stage.server.misbehave("unprocessable", ["path": "/labels", "method": "POST"])
        #expect(throws: TrackerError.rejected(detail: "Validation Failed (name invalid)")) {
            try change(["ok", "odd"])
        }
        #expect(try labels() == ["bug"])
    }

    @Test func `an issue that no list has shown is asked for once`() throws {
        try change(["ok"])
        try stage.server.file(["title": "y"])
        #expect(
            try stage.calls { try change(["ok"], of: "2") } == [
                "POST IssueNode 200", "POST ChangeLabels 200",
            ])
        #expect(try stage.calls { try change([], ["ok"], of: "2") } == ["POST ChangeLabels 200"])
    }

    @Test func `an issue that was created or read is known`() throws {
        try change(["ok"])
        let id = try tracker.create(TaskDraft(title: "y")).id
        #expect(try stage.calls { try change(["ok"], of: id) } == ["POST ChangeLabels 200"])
        let read = "\(try stage.server.file(["title": "z"]))"
        _ = try tracker.get(read)
        #expect(try stage.calls { try change(["ok"], of: read) } == ["POST ChangeLabels 200"])
    }

    @Test func `a label that was deleted and made anew is looked up once`() throws {
        try settle(making: ["status:new", "status:done"])
        try stage.server.admin("POST", "delete_label", ["repository": slug, "name": "status:done"])
        try stage.server.file(["title": "y", "labels": ["status:done"]])
        #expect(
            try stage.calls { try change(["status:done"], ["status:new", "bug"]) } == [
                "POST ChangeLabels 200", "POST IssueNode 200", "GET labels 200", "POST ChangeLabels 200",
            ])
        #expect(try labels() == ["status:done"])
        #expect(try stage.calls { try change([], ["status:done"]) } == ["POST ChangeLabels 200"])
    }

    @Test func `an issue that was deleted is not found, and said so after two calls`() throws {
        try settle(making: ["status:done"])
        try stage.server.admin("POST", "remove", ["repository": slug, "number": 1])
        var problem: TrackerError?
        let calls = try stage.calls {
            do { try change(["status:done"]) } catch let error as TrackerError { problem = error }
        }
        #expect(calls == ["POST ChangeLabels 200", "POST IssueNode 200"])
        #expect(
            problem == .notFound(what: "Could not resolve to an Issue with the number of 1."))
    }

    @Test func `without the right to label it is forbidden, and a limit is a limit`() throws {
        try settle(making: ["ok"])
        try stage.server.misbehave("graphql_limited")
        for _ in 1...2 {
            #expect {
                try change(["ok"])
            } throws: {
                guard case TrackerError.rateLimited = $0 else { return false }
                return true
            }
        }
        let reader = try GitHubStage { $0.environment["GH_TOKEN"] = "reading" }
        try reader.server.admin("POST", "seed", ["tokens": ["reading": "reader"]])
        try reader.server.file(["title": "x", "labels": ["ok"]])
        #expect(
            throws: TrackerError.forbidden(
                detail: "reader does not have the correct permissions to execute `AddLabelsToLabelable`")
        ) { try reader.tracker.changeLabels(adding: ["ok"], removing: [], of: "1") }
    }

    @Test func `a pull request is no issue, whatever its number`() throws {
        let number = try stage.server.file(["title": "x", "pull": ["head": "work", "base": "main"]])
        _ = try tracker.changes(since: nil)
        #expect(throws: TrackerError.self) { try change(["bug"], of: "\(number)") }
    }

    @Test func `a long list is remembered in few writes, and again in none`() throws {
        try stage.server.file(["title": "Issue", "count": 230])
        var cursor: String?
        // Each answer's word on the quota is a write too.
        let first = try writesBesideCalls { cursor = try tracker.changes(since: nil).cursor }
        #expect(first == 3, "1…99, 100…199, 200…231")
        #expect(try writesBesideCalls { cursor = try tracker.changes(since: cursor).cursor } == 0)
        try change(["ok"], of: "231")
        #expect(try stage.calls { try change(["ok"], of: "99") } == ["POST ChangeLabels 200"])
        #expect(try stage.calls { try change(["ok"], of: "100") } == ["POST ChangeLabels 200"])
    }
}
