import KitTesting
import OrchCore
import SQLite
import Testing

@testable import OrchAdapters

/// What the schema promises by itself: words, indexes, uniqueness.
@Suite struct SQLiteStoreSchemaTests {
    let store: SQLiteStore

    init() throws { store = try memoryStore() }

    private func plan(_ query: String, _ values: (any SQLiteConvertible)?...) throws -> [String] {
        var statement = try store.database.prepare("EXPLAIN QUERY PLAN \(query)")
        try statement.bind(values)
        var steps: [String] = []
        while try statement.step() { steps.append(try statement["detail"]) }
        return steps
    }

    @Test func `a tick reads open tasks through their own index, in order, without sorting`() throws {
        #expect(
            try plan(SQLiteStore.openTasksQuery, app) == ["SEARCH tasks USING INDEX tasks_open (project=?)"])
    }

    @Test func `a tick reads open runs through their own index`() throws {
        #expect(try plan(SQLiteStore.openRunsQuery) == ["SCAN runs USING INDEX runs_open"])
    }

    @Test func `finished history does not slow a tick's reads`() throws {
        try store.add(issue(200_001), issue(200_002))
        try store.database.executeScript(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
            INSERT INTO tasks (project, backend, id, number, title, status, labels, author, is_closed, url,
                updated_at, agent_is_pinned, attempts, failover_chain, same_error_count, is_held)
            SELECT '/srv/app', 'github', i, i, 't', 'done', '[]', '', 0, '', i, 0, 0, '[]', 0, 0 FROM n;
            INSERT INTO runs (project, backend, task_id, kind, attempt, agent, state, root, started_at,
                ended_at, outcome_status, message, summary)
            SELECT '/srv/app', 'github', id, 'work', 1, 'claude', 'collected', '/r', 1, 2, 'done', '', ''
            FROM tasks WHERE status = 'done';
            """)
        let id = try #require(try store.begin(issue(200_001))).id
        #expect(try store.openTasks(of: app).map(\.key) == [issue(200_001), issue(200_002)])
        #expect(try store.openRuns().map(\.id) == [id])
        // Reading the history even once would make a tick as slow as this look at it.
        let look = try fastest {
            _ = try store.database.value("SELECT count(title) FROM tasks", as: Int.self)
        }
        let tick = try fastest {
            _ = try store.openTasks(of: app)
            _ = try store.openRuns()
        }
        #expect(tick * 3 < look, "a tick takes \(tick), one look at the history \(look)")
    }

    /// The best of several: the first ones fill the caches.
    private func fastest(_ work: () throws -> Void) throws -> Duration {
        let times = try (0..<7).map { _ in try processorTime(work) }
        return times.min() ?? .zero
    }

    @Test func `the schema knows every word of the core, and no other`() throws {
        try store.add(issue(1))
        for (table, column, words) in [
            ("tasks", "status", TaskStatus.allCases.map(\.rawValue)),
            ("tasks", "labelled_status", TaskStatus.allCases.map(\.rawValue)),
            ("tasks", "complexity", Complexity.allCases.map(\.rawValue)),
        ] {
            for word in words { try store.database.execute("UPDATE \(table) SET \(column) = ?1", word) }
            #expect(throws: SQLiteError.self) {
                try store.database.execute("UPDATE \(table) SET \(column) = ?1", "lost")
            }
        }
        let id = try #require(try store.begin(issue(1))).id
        for kind in Run.Kind.allCases where kind != .job && kind != .review {
            try store.database.execute("UPDATE runs SET kind = ?1 WHERE id = ?2", kind, id)
        }
        for state in Run.State.allCases where state.isLive {
            try store.database.execute("UPDATE runs SET state = ?1 WHERE id = ?2", state, id)
        }
        for backend in TaskKey.Backend.allCases where backend.hasTasks {
            try store.add(TaskKey(project: web, backend: backend, id: "5"))
        }
        #expect(throws: SQLiteError.self) { try store.database.execute("UPDATE runs SET kind = 'x'") }
        #expect(throws: SQLiteError.self) { try store.database.execute("UPDATE runs SET state = 'x'") }
    }

    @Test func `the live index speaks of exactly the states that the core calls live`() throws {
        try store.add(issue(1))
        for state in Run.State.allCases {
            let isLive: Bool? = try store.database.value(
                "SELECT \(RunRow.isLive) FROM (SELECT ?1 AS state)", state)
            #expect(isLive == state.isLive)
        }
    }

    @Test(arguments: [
        "UPDATE runs SET state = 'ended'",
        "UPDATE runs SET ended_at = 5",
        "UPDATE runs SET host_boot = NULL",
        "UPDATE runs SET attempt = 0",
        "UPDATE runs SET task_id = 'none'",
        "UPDATE tasks SET parent_id = '5'",
        "UPDATE tasks SET subtasks_total = 5",
        "UPDATE tasks SET title = NULL",
        "UPDATE tasks SET attempts = 'many'",
        "DELETE FROM tasks",
        "INSERT INTO steps (run, step, begun_at) VALUES (99, 'push', 0)",
        "INSERT INTO leases (name, owner_pid, until) VALUES ('x', 1, 0)",
        "UPDATE runs SET kind = 'job'",
        "UPDATE runs SET backend = 'job'",
        "INSERT INTO fires (project, job, due, fired_at) VALUES ('p', 'j', 60, 0), ('p', 'j', 60, 1)",
        "INSERT INTO fires VALUES ('p', 'j', 60, 0, NULL, '7', NULL)",
        "INSERT INTO fires VALUES ('p', 'j', 60, 0, 'github', '7', 3)",
        "INSERT INTO inbox (source, delivery, event, place, payload, received_at) "
            + "VALUES ('github', 'd', 'e', '', '{}', 0), ('github', 'd', 'e', '', '{}', 1)",
        "INSERT INTO inbox (source, delivery, event, place, payload, received_at) "
            + "VALUES ('pigeon', 'd', 'e', '', '{}', 0)",
        "INSERT INTO heartbeats VALUES ('other', 'b', 1, 1, 0, 0, 1)",
        "INSERT INTO threads VALUES ('telegram', 't', '/srv/app', 'github', '99', 0)",
    ])
    func `a row that makes no sense is refused, whoever writes it`(statement: String) throws {
        _ = try store.hostedRun()
        #expect(throws: SQLiteError.self) { try store.database.executeScript(statement) }
        #expect(try store.database.query("PRAGMA foreign_key_check") { _ in 0 }.isEmpty)
    }

    @Test func `a database is marked as orch's, and every table keeps its types`() throws {
        #expect(try store.database.value("PRAGMA application_id", as: Int.self) == 0x6F72_6368)
        let loose = try store.database.query(
            """
            SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite%'
            """
        ) { row throws(SQLiteError) in try row[0] as String }
        #expect(loose.isEmpty)
    }

    @Test func `migrations are numbered without gaps from 1`() {
        #expect(StoreMigrations.all.map(\.version) == Array(1...StoreMigrations.latest))
    }
}
