package import OrchCore
import SQLite

extension SQLiteStore {
    @discardableResult
    package func add(_ notice: Notice, to sinks: [String]) throws(StoreError) -> Bool {
        let insert = """
            INSERT INTO notices (at, level, kind, notice_key, text, project, backend, task_id, run, url)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (notice_key) DO NOTHING
            """
        let tell = "INSERT INTO tellings (sink, notice, state, due_at) VALUES (?1, ?2, 'waiting', ?3)"
        return try write { () throws(SQLiteError) in
            let rows = try database.execute(
                insert, notice.at, notice.level, notice.kind, notice.key, notice.text, notice.project,
                notice.task?.backend, notice.task?.id, notice.run, notice.url)
            guard rows == 1 else { return false }
            let id = database.lastInsertRowID
            for sink in sinks { try database.execute(tell, sink, id, notice.at) }
            return true
        }
    }

    package func notices(
        of project: Project.ID?, from level: Notice.Level, limit: Int
    ) throws(StoreError) -> [RecordedNotice] {
        let levels = Notice.Level.allCases.filter { $0 >= level }
        // Three words at most, all of them ours.
        let words = levels.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        let query = """
            SELECT \(Self.noticeColumns) FROM notices
            WHERE (?1 IS NULL OR project = ?1) AND level IN (\(words)) ORDER BY id DESC LIMIT ?2
            """
        return try perform { () throws(SQLiteError) in
            try database.query(query, project, max(0, limit)) { row throws(SQLiteError) in
                RecordedNotice(id: try row.value(0, in: "notices"), notice: try Self.notice(row))
            }
        }
    }

    /// In the words of the index `tellings_waiting`.
    package func waitingNotices(for sink: String, limit: Int) throws(StoreError) -> [WaitingNotice] {
        let query = """
            SELECT \(Self.noticeColumns), due_at, tries FROM tellings JOIN notices ON notices.id = tellings.notice
            WHERE sink = ?1 AND state = 'waiting' ORDER BY notice LIMIT ?2
            """
        return try perform { () throws(SQLiteError) in
            try database.query(query, sink, max(0, limit)) { row throws(SQLiteError) in
                WaitingNotice(
                    id: try row.value(0, in: "notices"), notice: try Self.notice(row),
                    dueAt: try row.value(10, in: "tellings"), tries: try row.value(11, in: "tellings"))
            }
        }
    }

    package func beginTelling(
        _ notices: [Int], by sink: String, again: Timestamp
    ) throws(StoreError) {
        let update = """
            UPDATE tellings SET tries = tries + 1, due_at = ?3
            WHERE sink = ?1 AND notice = ?2 AND state = 'waiting'
            """
        try write(.full) { () throws(SQLiteError) in
            for notice in notices { _ = try database.execute(update, sink, notice, again) }
        }
    }

    package func endTelling(
        _ notices: [Int], by sink: String, failure: String?, now: Timestamp
    ) throws(StoreError) {
        let update = """
            UPDATE tellings SET state = ?3, note = ?4, ended_at = ?5
            WHERE sink = ?1 AND notice = ?2 AND state = 'waiting'
            """
        let state = failure == nil ? "told" : "dropped"
        try write(.full) { () throws(SQLiteError) in
            for notice in notices {
                _ = try database.execute(update, sink, notice, state, failure ?? "", now)
            }
        }
    }

    package func forgetNotices(of project: Project.ID?, before moment: Timestamp) throws(StoreError) {
        let delete = "DELETE FROM notices WHERE project IS ?1 AND at < ?2"
        try write { () throws(SQLiteError) in _ = try database.execute(delete, project, moment) }
    }

    private static let noticeColumns =
        "notices.id, at, kind, notice_key, text, project, backend, task_id, run, url"

    private static func notice(_ row: borrowing Row) throws(SQLiteError) -> Notice {
        let table = "notices"
        var notice = Notice(
            try row.value(2, in: table), key: try row.value(3, in: table), text: try row.value(4, in: table),
            at: try row.value(1, in: table))
        notice.project = try row.optional(5, in: table)
        let backend: TaskKey.Backend? = try row.optional(6, in: table)
        let task: String? = try row.optional(7, in: table)
        if let project = notice.project, let backend, let task {
            notice.task = TaskKey(project: project, backend: backend, id: task)
        }
        notice.run = try row.optional(8, in: table)
        notice.url = try row.value(9, in: table)
        return notice
    }
}
