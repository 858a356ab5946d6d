import OrchCore
import SQLite
import Testing

@testable import OrchAdapters

@Suite struct SQLiteStoreTaskTests {
    let store: SQLiteStore

    init() throws { store = try memoryStore() }

    /// A task with every field set to something that is not its default.
    static let full = with(AgentTask(key: issue(7), title: "Té “quoted” 🐛", status: .inReview)) { task in
        task.labels = ["bug", "a,b", "new\nline", "\"", ""]
        task.author = "someone"
        task.isClosed = true
        task.url = "https://example.org/7"
        task.updatedAt = noon
        task.labelledStatus = .blocked
        task.isTrusted = false
        task.agent = .codex
        task.agentIsPinned = true
        task.model = "m"
        task.complexity = .complex
        task.attempts = 3
        task.parkedUntil = noon + .seconds(1)
        task.failoverChain = [.claude, .codex]
        task.lastError = "boom\n"
        task.sameErrorCount = 2
        task.parent = TaskKey(project: web, backend: .internal, id: "i9")
        task.subtasks = AgentTask.Subtasks(total: 4, closed: 1)
        task.branch = "b"
        task.worktree = "/w"
        task.summary = "s"
        task.pullRequest = "https://example.org/pull/8"
        task.isHeld = true
    }

    static let changes: [TaskChange] =
        TaskStatus.allCases.map { .status($0) } + TaskStatus.allCases.map { .labelledStatus($0) }
        + Complexity.allCases.map { .complexity($0) } + [
            .labelledStatus(nil), .labels([]), .labels(["x", "y\n"]), .title("new"), .closed(true),
            .closed(false), .trusted(true), .trusted(false), .agent(.opencode, pinned: true),
            .agent(nil, pinned: false), .model("x"), .model(nil), .complexity(nil), .attempts(9),
            .parkedUntil(noon), .parkedUntil(nil), .failoverChain([.demo]), .failoverChain([]),
            .lastError("e"), .lastError(nil), .sameErrorCount(5), .parent(issue(1)), .parent(nil),
            .branch("b2"), .branch(nil), .worktree("/x"), .worktree(nil), .summary("t"), .summary(nil),
            .pullRequest("u"), .pullRequest(nil), .held(true), .held(false), .updatedAt(noon),
        ]

    @Test func `a task comes back as it was saved`() throws {
        let plain = AgentTask(key: issue(8), title: "", status: .new)
        try store.save([(Self.full, "body"), (plain, nil)], cursor: ("c", "1"))
        #expect(try store.task(issue(7)) == Self.full)
        #expect(try store.task(issue(8)) == plain)
        #expect(try store.task(issue(9)) == nil)
        #expect(try store.cursor("c") == "1")
    }

    @Test func `saving again replaces every field`() throws {
        try store.save([(Self.full, "body")], cursor: nil)
        let plain = AgentTask(key: issue(7), title: "t", status: .new)
        try store.save([(plain, nil)], cursor: nil)
        #expect(try store.task(issue(7)) == plain)
        #expect(try store.body(of: issue(7)) == "body")
    }

    @Test(arguments: changes) func `a change sets its own fields and no other`(change: TaskChange) throws {
        for start in [Self.full, AgentTask(key: issue(7), title: "t", status: .new)] {
            try store.save([(start, nil)], cursor: nil)
            #expect(try store.change(issue(7), [change]))
            #expect(try store.task(issue(7)) == start.applying([change]))
        }
    }

    @Test func `changes are made together, the later of two counting`() throws {
        try store.save([(Self.full, nil)], cursor: nil)
        #expect(try store.change(issue(7), Self.changes))
        #expect(try store.task(issue(7)) == Self.full.applying(Self.changes))
    }

    @Test func `a change of a task that is not there is told, with or without fields`() throws {
        #expect(try !store.change(issue(1), [.title("x")]))
        #expect(try !store.change(issue(1), []))
        try store.add(issue(1))
        #expect(try store.change(issue(1), []))
    }

    @Test func `equal numbers of two projects are two tasks`() throws {
        try store.add(issue(1), issue(1, in: web))
        try store.change(issue(1), [.title("ours")])
        #expect(try store.task(issue(1, in: web))?.title == "Task 1")
        #expect(try store.openTasks(of: web).map(\.key) == [issue(1, in: web)])
    }

    @Test func `open tasks come in the order in which they are taken`() throws {
        let keys = [10, 9, 100, 1, 2].map { issue($0) }
        let internals = [11, 2].map { TaskKey(project: app, backend: .internal, id: "i\($0)") }
        try store.save(
            (internals + keys).map { (AgentTask(key: $0, title: "", status: .new), nil) }, cursor: nil)
        try store.add(issue(3), status: .done)
        try store.change(issue(9), [.closed(true)])
        let found = try store.openTasks(of: app).map(\.key)
        #expect(found == found.sorted())
        #expect(found.map(\.id) == ["1", "2", "10", "100", "i2", "i11"])
    }

    @Test func `tasks are listed by their last change, within the limit`() throws {
        for (number, status) in [(1, TaskStatus.new), (2, .done), (3, .done), (4, .new)] {
            try store.add(issue(number), status: status)
            try store.change(issue(number), [.updatedAt(noon + .seconds(number == 1 ? 100 : number))])
        }
        #expect(try store.tasks(of: app, status: nil, limit: 3).map(\.key.id) == ["1", "4", "3"])
        #expect(try store.tasks(of: app, status: .done, limit: 9).map(\.key.id) == ["3", "2"])
        #expect(try store.tasks(of: app, status: nil, limit: 0).isEmpty)
        #expect(try store.tasks(of: app, status: nil, limit: -1).isEmpty)
    }

    @Test func `the text of a task follows its edits, but for as long as it is trusted`() throws {
        let key = issue(1)
        #expect(try store.body(of: key) == nil)
        func save(_ body: String?, trusted: Bool?) throws {
            let task = with(AgentTask(key: key, title: "", status: .new)) { $0.isTrusted = trusted }
            try store.save([(task, body)], cursor: nil)
        }
        try save(nil, trusted: nil)
        #expect(try store.body(of: key) == "")
        try save("one", trusted: nil)
        try save("two", trusted: false)
        #expect(try store.body(of: key) == "two")
        try save("as trusted", trusted: true)
        try save("edited afterwards", trusted: true)
        #expect(try store.body(of: key) == "as trusted")
        try save("to be judged anew", trusted: nil)
        #expect(try store.body(of: key) == "to be judged anew")
    }

    @Test func `children are found by their parent, the done ones included`() throws {
        for (number, parent) in [(2, issue(1)), (3, issue(1)), (4, issue(1, in: web))] {
            try store.add(issue(number), status: number == 3 ? .done : .new)
            try store.change(issue(number), [.parent(parent)])
        }
        #expect(try store.children(of: issue(1)).map(\.key.id) == ["2", "3"])
        #expect(try store.children(of: issue(2)).isEmpty)
    }

    @Test func `a batch that fails in its middle leaves nothing, the cursor included`() throws {
        let wrong = with(AgentTask(key: issue(2), title: "", status: .new)) { $0.attempts = -1 }
        let right = AgentTask(key: issue(1), title: "", status: .new)
        #expect(throws: StoreError.self) { try store.save([(right, "b"), (wrong, "b")], cursor: ("c", "1")) }
        #expect(try store.task(issue(1)) == nil)
        #expect(try store.cursor("c") == nil)
    }

    @Test(arguments: [
        ("status", "'lost'", "tasks.status holds “lost”"),
        ("agent", "'No Name'", "tasks.agent holds “No Name”"),
        ("failover_chain", "'[\"No Name\"]'", "tasks.failover_chain holds “[\"No Name\"]”"),
        ("labels", "'[1]'", "tasks.labels holds “[1]”"),
        ("labels", "'{'", "tasks.labels holds “{”"),
        ("is_held", "7", "tasks.is_held holds 7"),
    ])
    func `a value that no orch could have written is told as corrupt`(
        column: String, value: String, detail: String
    ) throws {
        try store.add(issue(1))
        try store.database.executeScript(
            "PRAGMA ignore_check_constraints = ON; UPDATE tasks SET \(column) = \(value)")
        #expect(throws: StoreError.corrupt(path: ":memory:", detail: detail)) { try store.task(issue(1)) }
    }
}
