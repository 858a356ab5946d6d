package import OrchCore
import SQLite

extension SQLiteStore {
    /// Reads first, so that finding a lease held takes no lock; then sets it, if it still is what was read.
    ///
    /// `isGone` is asked between the two, with no lock held. One's own lease may be taken again, to prolong
    /// it.
    package func takeLease(
        _ name: String, owner: Owner, now: Timestamp, until: Timestamp, isGone: (Owner) -> Bool
    ) throws(StoreError) -> Bool {
        let found = try lease(name)
        if let holder = found?.owner, holder != owner, let end = found?.until, end > now, !isGone(holder) {
            return false
        }
        let statement = """
            INSERT INTO leases (name, owner_boot, owner_pid, owner_start, until) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (name) DO UPDATE SET owner_boot = ?2, owner_pid = ?3, owner_start = ?4, until = ?5
            WHERE owner_boot IS ?6 AND owner_pid IS ?7 AND owner_start IS ?8 AND until IS ?9
            """
        return try perform { () throws(SQLiteError) in
            try database.execute(
                statement, name, owner.bootID, Int(owner.pid), owner.startColumn, until,
                found?.owner?.bootID, found?.owner.map { Int($0.pid) }, found?.owner?.startColumn,
                found?.until) == 1
        }
    }

    /// Nothing happens where somebody else has taken it since.
    package func releaseLease(_ name: String, owner: Owner) throws(StoreError) {
        let statement = """
            UPDATE leases SET owner_boot = NULL, owner_pid = NULL, owner_start = NULL
            WHERE name = ?1 AND owner_boot = ?2 AND owner_pid = ?3 AND owner_start = ?4
            """
        try perform { () throws(SQLiteError) in
            _ = try database.execute(statement, name, owner.bootID, Int(owner.pid), owner.startColumn)
        }
    }

    private func lease(_ name: String) throws(StoreError) -> (owner: Owner?, until: Timestamp)? {
        let query = "SELECT owner_boot, owner_pid, owner_start, until FROM leases WHERE name = ?1"
        return try perform { () throws(SQLiteError) in
            try database.query(query, name, row: Self.lease).first
        }
    }

    private static func lease(
        _ row: borrowing Row
    ) throws(SQLiteError) -> (owner: Owner?, until: Timestamp) {
        (owner: try Owner.read(row, from: 0, in: "leases"), until: try row.value(3, in: "leases"))
    }
}
