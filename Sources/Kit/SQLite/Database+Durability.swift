import CSQLite

/// When a commit is on the disk: https://sqlite.org/pragma.html#pragma_synchronous
package enum Synchronous: String, Sendable {
    /// Left to the operating system: a power cut may destroy the database.
    case off = "OFF"
    /// With a write-ahead log, a power cut may undo the last commits but destroys nothing.
    case normal = "NORMAL"
    /// A commit that returned is on the disk.
    case full = "FULL"
}

extension Database {
    /// Turns the write-ahead log on, which lets readers and one writer work at the same time.
    ///
    /// - Parameters:
    ///   - synchronous: the usual level of this connection; see `write(synchronous:)` for exceptions.
    ///   - keepsLog: leave the log to the next program when the last connection closes, instead of copying
    ///     it back, which waits for the disk three times; see `Connection.keepLog`.
    ///   - limitPages: how long a kept log may grow before a commit copies it back; nil: so long that reading
    ///     it costs a program that starts nothing to speak of.
    /// - Throws: when the log cannot be had, as for a database in memory or on a network file system.
    package func useWriteAheadLog(
        synchronous: Synchronous = .normal, keepsLog: Bool = false, limitPages: Int? = nil
    ) throws(SQLiteError) {
        // SQLite does not always call the busy handler while the mode changes; `run` tries again by itself.
        try connection.run("PRAGMA journal_mode = WAL")
        let mode: String? = try value("PRAGMA journal_mode")
        guard mode == "wal" else {
            throw .misuse("no write-ahead log is possible here; the journal is “\(mode ?? "unknown")”")
        }
        if keepsLog { connection.keepLog(limitPages: limitPages ?? Connection.usualKeptLogPages) }
        try setSynchronous(synchronous)
    }

    /// The level of every commit of this connection that names no other. A new connection has `.full`.
    package func setSynchronous(_ level: Synchronous) throws(SQLiteError) {
        try apply(level)
        connection.synchronous = level
    }

    func apply(_ level: Synchronous) throws(SQLiteError) {
        try connection.run("PRAGMA synchronous = \(level.rawValue)")
    }

    /// Copies what the write-ahead log holds into the database, as far as no reader is in the way, and
    /// returns whether all of it was copied.
    ///
    /// - Parameter truncates: wait for the readers as well, and leave an empty log.
    @discardableResult
    package func checkpoint(truncates: Bool = false) throws(SQLiteError) -> Bool {
        connection.beginWait()
        var pages: Int32 = 0
        var copied: Int32 = 0
        let mode = truncates ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE
        let code = sqlite3_wal_checkpoint_v2(connection.handle, nil, mode, &pages, &copied)
        guard code == SQLITE_OK else { throw connection.error(code) }
        return pages == copied
    }

    /// What is wrong with the file; empty when it is sound. Reads all of it.
    ///
    /// - Throws: an error that `isCorrupt` when the damage is such that the file cannot be examined.
    package func integrityCheck() throws(SQLiteError) -> [String] {
        let findings = try query("PRAGMA integrity_check") { row throws(SQLiteError) in try row[0] as String }
        return findings == ["ok"] ? [] : findings
    }
}
