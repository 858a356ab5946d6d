package import OrchCore
import SQLite

extension SQLiteStore {
    package func openRuns() throws(StoreError) -> [Run] {
        try perform { () throws(SQLiteError) in try database.query(Self.openRunsQuery, row: RunRow.run) }
    }

    /// In the words of the index `runs_open`.
    static let openRunsQuery = "SELECT \(RunRow.columns) FROM runs WHERE state <> 'collected' ORDER BY id"

    package func run(_ id: Run.ID) throws(StoreError) -> Run? {
        try perform { () throws(SQLiteError) in
            try database.query("SELECT \(RunRow.columns) FROM runs WHERE id = ?1", id, row: RunRow.run).first
        }
    }

    package func runs(of key: TaskKey, limit: Int) throws(StoreError) -> [Run] {
        let query = """
            SELECT \(RunRow.columns) FROM runs WHERE project = ?1 AND backend = ?2 AND task_id = ?3
            ORDER BY id DESC LIMIT ?4
            """
        return try perform { () throws(SQLiteError) in
            try database.query(query, key.project, key.backend, key.id, max(0, limit), row: RunRow.run)
        }
    }

    /// Of more runs than these no agent has a memory.
    private static let recordLimit = 500

    package func agentRecords(since moment: Timestamp) throws(StoreError) -> [AgentName: AgentRecord] {
        let query = """
            SELECT agent, count(*), sum(failure IS 'usage_limit') FROM runs
            WHERE id > (SELECT coalesce(max(id), 0) FROM runs) - ?1 AND kind = 'work' AND started_at >= ?2
            GROUP BY agent
            """
        let rows: [(AgentName, AgentRecord)] = try perform { () throws(SQLiteError) in
            try database.query(query, Self.recordLimit, moment) { row throws(SQLiteError) in
                let record = AgentRecord(
                    runs: try row.value(1, in: "runs"), limits: try row.value(2, in: "runs"))
                return (try row.value(0, in: "runs"), record)
            }
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    package func beginRun(_ draft: RunDraft, changing changes: [TaskChange]) throws(StoreError) -> Run? {
        let insert = """
            INSERT INTO runs (project, backend, task_id, kind, attempt, agent, model, state, root, started_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'starting', ?8, ?9)
            ON CONFLICT (project, backend, task_id) WHERE \(RunRow.isLive) DO NOTHING
            """
        let task = draft.task
        return try write(.full) { () throws(SQLiteError) in
            let inserted = try database.execute(
                insert, task.project, task.backend, task.id, draft.kind, draft.attempt, draft.agent,
                draft.model, draft.root, draft.now)
            guard inserted == 1 else { return nil }
            let id = Run.ID(rawValue: Int(database.lastInsertRowID))
            _ = try update(task, changes)
            return Run(id: id, draft: draft, directory: RunRow.directory(of: id, root: draft.root))
        }
    }

    package func endRun(_ id: Run.ID, outcome: RunOutcome, now: Timestamp) throws(StoreError) -> Bool {
        let statement = """
            UPDATE runs SET state = 'ended', ended_at = ?2, outcome_status = ?3, failure = ?4,
            failure_detail = ?5, message = ?6, summary = ?7, pull_request = ?8
            WHERE id = ?1 AND \(RunRow.isLive)
            """
        return try write(.full) { () throws(SQLiteError) in
            try database.execute(
                statement, id, now, outcome.status, outcome.failure?.word, outcome.failure?.detail,
                outcome.message, outcome.summary, outcome.pullRequest) == 1
        }
    }

    package func collectRun(_ id: Run.ID, changing changes: [TaskChange]) throws(StoreError) -> Bool {
        try write { () throws(SQLiteError) in
            let statement = "UPDATE runs SET state = 'collected' WHERE id = ?1 AND state = 'ended'"
            guard try database.execute(statement, id) == 1 else { return false }
            let query = "SELECT project, backend, task_id FROM runs WHERE id = ?1"
            let keys = try database.query(query, id, row: RunRow.task)
            for key in keys { _ = try update(key, changes) }
            return true
        }
    }
}
