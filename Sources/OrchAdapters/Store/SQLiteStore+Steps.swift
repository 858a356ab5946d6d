package import OrchCore
import SQLite

extension SQLiteStore {
    package func step(_ step: RunStep, of id: Run.ID) throws(StoreError) -> StepState {
        let query = "SELECT result FROM steps WHERE run = ?1 AND step = ?2"
        return try perform { () throws(SQLiteError) in
            let states = try database.query(query, id, step) { row throws(SQLiteError) in
                let result: String? = try row.optional(0, in: "steps")
                return result.map(StepState.done) ?? .begun
            }
            return states.first ?? .notBegun
        }
    }

    /// A step that is done stays done.
    package func begin(
        _ step: RunStep, of id: Run.ID, owner: Owner, now: Timestamp
    ) throws(StoreError) {
        let fence = """
            SELECT 1 FROM runs WHERE id = ?1 AND \(RunRow.isLive)
            AND host_boot = ?2 AND host_pid = ?3 AND host_start = ?4
            """
        let insert = """
            INSERT INTO steps (run, step, begun_at) VALUES (?1, ?2, ?3)
            ON CONFLICT (run, step) DO UPDATE SET begun_at = excluded.begun_at WHERE done_at IS NULL
            """
        let isOurs = try write(step.mayBeForgotten ? nil : .full) { () throws(SQLiteError) in
            let found = try database.value(
                fence, id, owner.bootID, Int(owner.pid), owner.startColumn, as: Int.self)
            guard found != nil else { return false }
            try database.execute(insert, id, step, now)
            return true
        }
        guard isOurs else { throw .fenced(run: id.rawValue) }
    }

    /// Not fenced: the act has happened, and whoever goes on with the run is better off knowing. Where the
    /// power takes this, the step is begun and finds what it did.
    package func complete(
        _ step: RunStep, of id: Run.ID, result: String, now: Timestamp
    ) throws(StoreError) {
        let statement = """
            UPDATE steps SET done_at = coalesce(done_at, ?3), result = coalesce(result, ?4)
            WHERE run = ?1 AND step = ?2
            """
        let updated = try write { () throws(SQLiteError) in
            try database.execute(statement, id, step, now, result)
        }
        guard updated == 1 else {
            throw .failed(detail: "step \(step.rawValue) of run \(id.rawValue) was never begun")
        }
    }
}
