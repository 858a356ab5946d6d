package import OrchCore
import SQLite

/// What becomes of a run while it is live. Each is compare-and-set, in one statement, told by its row count.
extension SQLiteStore {
    package func setHost(
        _ owner: Owner, of id: Run.ID, expecting expected: Owner?
    ) throws(StoreError) -> Bool {
        let statement = """
            UPDATE runs SET host_boot = ?2, host_pid = ?3, host_start = ?4
            WHERE id = ?1 AND \(RunRow.isLive)
            AND host_boot IS ?5 AND host_pid IS ?6 AND host_start IS ?7
            """
        return try perform { () throws(SQLiteError) in
            try database.execute(
                statement, id, owner.bootID, Int(owner.pid), owner.startColumn,
                expected?.bootID, expected.map { Int($0.pid) }, expected?.startColumn) == 1
        }
    }

    package func move(_ id: Run.ID, from: Run.State, to: Run.State) throws(StoreError) -> Bool {
        precondition(from.isLive && to.isLive, "endRun and collectRun end a run")
        return try perform { () throws(SQLiteError) in
            try database.execute("UPDATE runs SET state = ?3 WHERE id = ?1 AND state = ?2", id, from, to) == 1
        }
    }

    package func note(
        _ id: Run.ID, session: String?, branch: String?, worktree: String?, model: String?
    ) throws(StoreError) {
        let statement = """
            UPDATE runs SET session = coalesce(?2, session), branch = coalesce(?3, branch),
            worktree = coalesce(?4, worktree), model = coalesce(?5, model)
            WHERE id = ?1 AND \(RunRow.isLive)
            """
        try perform { () throws(SQLiteError) in
            _ = try database.execute(statement, id, session, branch, worktree, model)
        }
    }

    /// Also of a run that has just ended: what it cost is true whenever it becomes known.
    package func noteUsage(_ usage: Usage, of id: Run.ID) throws(StoreError) {
        let statement = """
            UPDATE runs SET input_tokens = ?2, output_tokens = ?3, cost_micro_dollars = ?4
            WHERE id = ?1 AND state <> 'collected'
            """
        try perform { () throws(SQLiteError) in
            _ = try database.execute(
                statement, id, usage.inputTokens, usage.outputTokens, usage.costMicroDollars)
        }
    }

    /// - Throws: `.fenced` where the run is over.
    package func countTakeover(_ id: Run.ID) throws(StoreError) -> Int {
        let statement = """
            UPDATE runs SET takeovers = takeovers + 1 WHERE id = ?1 AND \(RunRow.isLive) RETURNING takeovers
            """
        let count = try perform { () throws(SQLiteError) in try database.value(statement, id, as: Int.self) }
        guard let count else { throw .fenced(run: id.rawValue) }
        return count
    }

    package func requestStop(of id: Run.ID, by author: String) throws(StoreError) -> Bool {
        // Who asked first stays.
        let statement = """
            UPDATE runs SET stop_requested_by = coalesce(stop_requested_by, ?2)
            WHERE id = ?1 AND \(RunRow.isLive)
            """
        return try perform { () throws(SQLiteError) in try database.execute(statement, id, author) == 1 }
    }

    package func isStopRequested(_ id: Run.ID) throws(StoreError) -> Bool {
        let query = "SELECT stop_requested_by IS NOT NULL FROM runs WHERE id = ?1"
        return try perform { () throws(SQLiteError) in try database.value(query, id) ?? false }
    }
}
