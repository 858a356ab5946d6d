package import OrchCore
import SQLite

extension SQLiteStore {
    /// Not worth a wait for the disk: after a power cut the listener is gone anyway.
    package func noteHeartbeat(of listener: Owner, hearsGitHub: Bool, now: Timestamp) throws(StoreError) {
        let statement = """
            INSERT INTO heartbeats (name, owner_boot, owner_pid, owner_start, unbroken_since, at, hears_github)
            VALUES ('listener', ?1, ?2, ?3, ?4, ?4, ?5)
            ON CONFLICT (name) DO UPDATE SET
            unbroken_since = iif(owner_boot = ?1 AND owner_pid = ?2 AND owner_start = ?3
                AND hears_github = ?5 AND ?4 BETWEEN at AND at + ?6, unbroken_since, ?4),
            owner_boot = ?1, owner_pid = ?2, owner_start = ?3, at = ?4, hears_github = ?5
            """
        try perform { () throws(SQLiteError) in
            _ = try database.execute(
                statement, listener.bootID, Int(listener.pid), listener.startColumn, now, hearsGitHub,
                Heartbeat.lifetime.wholeSeconds)
        }
    }

    package func heartbeat() throws(StoreError) -> Heartbeat? {
        let query = """
            SELECT owner_boot, owner_pid, owner_start, unbroken_since, at, hears_github FROM heartbeats
            WHERE name = 'listener'
            """
        return try perform { () throws(SQLiteError) in
            try database.query(query, row: Self.heartbeat).first ?? nil
        }
    }

    private static func heartbeat(_ row: borrowing Row) throws(SQLiteError) -> Heartbeat? {
        guard let owner = try Owner.read(row, from: 0, in: "heartbeats") else { return nil }
        return Heartbeat(
            listener: owner, unbrokenSince: try row.value(3, in: "heartbeats"),
            at: try row.value(4, in: "heartbeats"), hearsGitHub: try row.value(5, in: "heartbeats"))
    }
}
