import OrchCore
import SQLite
import Testing

@testable import OrchAdapters

@Suite struct SQLiteStoreInternalTaskTests {
    let store: SQLiteStore

    init() throws { store = try memoryStore() }

    @Test func `an internal task is new, undecided, and needs no label written`() throws {
        var draft = TaskDraft(title: "t", body: "line\nline", labels: ["bug"])
        draft.parent = issue(5)
        let key = try store.createInternalTask(draft, in: app, now: noon)
        #expect(key == TaskKey(project: app, backend: .internal, id: "i1"))
        let expected = with(AgentTask(key: key, title: "t", status: .new)) {
            $0.labels = ["bug"]
            $0.labelledStatus = .new
            $0.parent = issue(5)
            $0.updatedAt = noon
        }
        #expect(try store.task(key) == expected)
        #expect(try store.body(of: key) == "line\nline")
        #expect(try store.openTasks(of: app) == [expected])
    }

    @Test func `numbers rise by project and never come again`() throws {
        let draft = TaskDraft(title: "t")
        #expect(try store.createInternalTask(draft, in: app, now: noon).id == "i1")
        #expect(try store.createInternalTask(draft, in: app, now: noon).id == "i2")
        #expect(try store.createInternalTask(draft, in: web, now: noon).id == "i1")
        try store.database.executeScript("DELETE FROM task_bodies; DELETE FROM tasks")
        #expect(try store.createInternalTask(draft, in: app, now: noon).id == "i3")
    }

    @Test func `a number that a saved task has is not given again`() throws {
        try store.add(TaskKey(project: app, backend: .internal, id: "i40"))
        try store.add(TaskKey(project: app, backend: .internal, id: "i4"))
        #expect(try store.createInternalTask(TaskDraft(title: "t"), in: app, now: noon).id == "i41")
    }

    @Test func `a draft with a known key is found, in its own project, whatever became of the task`() throws {
        let draft = with(TaskDraft(title: "t")) { $0.key = "run 1, child 1" }
        let first = try store.createInternalTask(draft, in: app, now: noon)
        let task = try #require(try store.task(first))
        try store.save([(with(task) { $0.status = .done }, nil)], cursor: nil)
        #expect(try store.createInternalTask(draft, in: app, now: noon) == first)
        #expect(try store.createInternalTask(draft, in: web, now: noon).project == web)
        #expect(try store.tasks(of: app, status: nil, limit: 9).count == 1)
    }

    @Test func `two that make the same draft at the same time make one task`() throws {
        let folder = try StoreFolder()
        _ = try folder.open()
        let path = folder.database
        let made = inParallel(8) { index -> String in
            do {
                let store = try SQLiteStore(path: path, patience: .seconds(60))
                let draft = with(TaskDraft(title: "t")) { $0.key = "k\(index % 2)" }
                return try store.createInternalTask(draft, in: app, now: noon).id
            } catch { return "\(error)" }
        }
        #expect(Set(made) == ["i1", "i2"])
    }

    @Test func `comments come oldest first, and one with a known key is found`() throws {
        let key = try store.createInternalTask(TaskDraft(title: "t"), in: app, now: noon)
        let first = try store.addComment("one", by: "me", to: key, commentKey: "k", now: noon)
        #expect(try store.addComment("two", by: "me", to: key, commentKey: "k", now: noon) == first)
        for text in ["three", "four"] {
            _ = try store.addComment(text, by: "you", to: key, commentKey: "", now: noon + .seconds(1))
        }
        #expect(try store.comments(on: key, limit: 9).map(\.body) == ["one", "three", "four"])
        #expect(try store.comments(on: key, limit: 2).map(\.body) == ["three", "four"])
        let comment = TrackedComment(id: first, author: "me", body: "one", createdAt: noon)
        #expect(try store.comments(on: key, limit: 9).first == comment)
        #expect(try store.comments(on: issue(1), limit: 9).isEmpty)
    }

    @Test func `a comment on a task that is not there is refused`() {
        #expect(throws: StoreError.self) {
            try store.addComment("x", by: "me", to: issue(1), commentKey: "", now: noon)
        }
    }
}
