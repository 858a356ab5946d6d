package import OrchCore
import SQLite

extension ReviewRound.State: SQLiteConvertible {}
extension ReviewDecision: SQLiteConvertible {}
extension Feedback.Source: SQLiteConvertible {}

extension SQLiteStore {
    package func pullRecords(of project: Project.ID) throws(StoreError) -> [PullRecord] {
        let query =
            "SELECT number, commit_id, commit_since, read_until FROM pulls WHERE project = ?1 ORDER BY number"
        return try perform { () throws(SQLiteError) in
            try database.query(query, project) { row throws(SQLiteError) in
                var record = PullRecord(
                    number: try row.value(0, in: "pulls"), commit: try row.value(1, in: "pulls"))
                record.commitSince = try row.optional(2, in: "pulls")
                record.readUntil = try row.optional(3, in: "pulls")
                return record
            }
        }
    }

    package func record(_ pull: PullRecord, in project: Project.ID) throws(StoreError) {
        let statement = """
            INSERT INTO pulls (project, number, commit_id, commit_since, read_until) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (project, number) DO UPDATE SET commit_id = excluded.commit_id,
            commit_since = excluded.commit_since, read_until = excluded.read_until
            """
        try perform { () throws(SQLiteError) in
            _ = try database.execute(
                statement, project, pull.number, pull.commit, pull.commitSince, pull.readUntil)
        }
    }

    package func task(onBranch branch: String, of project: Project.ID) throws(StoreError) -> AgentTask? {
        let query = """
            SELECT \(TaskRow.columns) FROM tasks WHERE project = ?1 AND branch = ?2
            ORDER BY number DESC LIMIT 1
            """
        return try perform { () throws(SQLiteError) in
            try database.query(query, project, branch) { row throws(SQLiteError) in try TaskRow.task(row) }
                .first
        }
    }

    // MARK: - Reviews

    package func reviewRounds(of pull: Int, in project: Project.ID) throws(StoreError) -> [ReviewRound] {
        let query = "SELECT \(Self.roundColumns) FROM reviews WHERE project = ?1 AND pull = ?2 ORDER BY run"
        return try perform { () throws(SQLiteError) in
            try database.query(query, project, pull, row: Self.round)
        }
    }

    package func reviewRound(of run: Run.ID) throws(StoreError) -> ReviewRound? {
        let query = "SELECT \(Self.roundColumns) FROM reviews WHERE run = ?1"
        return try perform { () throws(SQLiteError) in
            try database.query(query, run, row: Self.round).first
        }
    }

    package func save(_ round: ReviewRound) throws(StoreError) {
        let statement = """
            INSERT INTO reviews (\(Self.roundColumns)) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            ON CONFLICT (project, pull, commit_id) DO UPDATE SET state = excluded.state, run = excluded.run,
            agent = excluded.agent, tries = excluded.tries, decision = excluded.decision,
            notes = excluded.notes, changed_at = excluded.changed_at
            """
        try write(.full) { () throws(SQLiteError) in
            _ = try database.execute(
                statement, round.project, round.pull, round.commit, round.state, round.run, round.agent,
                round.tries, round.decision, round.notes, round.changedAt)
        }
    }

    private static let roundColumns =
        "project, pull, commit_id, state, run, agent, tries, decision, notes, changed_at"

    private static func round(_ row: borrowing Row) throws(SQLiteError) -> ReviewRound {
        let table = "reviews"
        return ReviewRound(
            project: try row.value(0, in: table), pull: try row.value(1, in: table),
            commit: try row.value(2, in: table), state: try row.value(3, in: table),
            run: try row.value(4, in: table), agent: try row.value(5, in: table),
            tries: try row.value(6, in: table), decision: try row.optional(7, in: table),
            notes: try row.value(8, in: table), changedAt: try row.value(9, in: table))
    }

    // MARK: - Feedback

    @discardableResult
    package func add(_ feedback: [Feedback], changing changes: [TaskChange]) throws(StoreError) -> Bool {
        guard let task = feedback.first?.task else { return false }
        let insert = """
            INSERT INTO feedback
            (project, backend, task_id, pull, source, feedback_key, author, body, created_at, after_run)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, (SELECT coalesce(max(id), 0) FROM runs
                WHERE project = ?1 AND backend = ?2 AND task_id = ?3))
            ON CONFLICT DO NOTHING
            """
        return try write(.full) { () throws(SQLiteError) in
            var isNew = false
            for item in feedback {
                let inserted = try database.execute(
                    insert, task.project, task.backend, task.id, item.pull, item.source, item.key,
                    item.author, item.text, item.createdAt)
                if inserted == 1 { isNew = true }
            }
            if isNew { _ = try update(task, changes) }
            return isNew
        }
    }

    package func feedback(of task: TaskKey) throws(StoreError) -> [(key: FeedbackKey, pull: Int)] {
        let query = """
            SELECT source, feedback_key, pull FROM feedback
            WHERE project = ?1 AND backend = ?2 AND task_id = ?3 ORDER BY id
            """
        return try perform { () throws(SQLiteError) in
            try database.query(query, task.project, task.backend, task.id) { row throws(SQLiteError) in
                let source: Feedback.Source = try row.value(0, in: "feedback")
                let key: String = try row.value(1, in: "feedback")
                return (key: FeedbackKey(source, key), pull: try row.value(2, in: "feedback"))
            }
        }
    }

    package func pendingFeedback(
        for task: TaskKey, before run: Run.ID, limit: Int
    ) throws(StoreError) -> [Feedback] {
        let query = """
            SELECT pull, source, feedback_key, author, body, created_at FROM feedback
            WHERE project = ?1 AND backend = ?2 AND task_id = ?3 AND after_run < ?4 AND after_run >= (
                SELECT coalesce(max(id), 0) FROM runs
                WHERE project = ?1 AND backend = ?2 AND task_id = ?3 AND kind = 'work' AND id < ?4
                AND state IN ('ended', 'collected') AND failure IS NULL)
            ORDER BY id DESC LIMIT ?5
            """
        return try perform { () throws(SQLiteError) in
            let newest = try database.query(
                query, task.project, task.backend, task.id, run, max(0, limit)
            ) { row throws(SQLiteError) in
                var feedback = Feedback(
                    task: task, pull: try row.value(0, in: "feedback"),
                    source: try row.value(1, in: "feedback"), key: try row.value(2, in: "feedback"),
                    text: try row.value(4, in: "feedback"), createdAt: try row.value(5, in: "feedback"))
                feedback.author = try row.value(3, in: "feedback")
                return feedback
            }
            return newest.reversed()
        }
    }
}
