extension Database {
    /// The number that the application keeps in the file's header; 0 in a new file.
    package func userVersion() throws(SQLiteError) -> Int {
        try value("PRAGMA user_version") ?? 0
    }

    package func setUserVersion(_ version: Int32) throws(SQLiteError) {
        try execute("PRAGMA user_version = \(version)")
    }

    /// Brings the schema up to date and returns how many migrations that took.
    ///
    /// Each runs in a write transaction of its own that looks at the version again once it holds the lock:
    /// of two programs that start at the same time one migrates, and the other finds nothing left to do.
    /// Foreign keys are not enforced meanwhile but examined before each commit, because a table that is
    /// made anew is dropped first: https://sqlite.org/lang_altertable.html#otheralter
    ///
    /// - Precondition: the versions ascend, from 1 or more.
    @discardableResult
    package func migrate(_ migrations: [Migration]) throws(MigrationError) -> Int {
        precondition(
            zip([0] + migrations.map(\.version), migrations).allSatisfy { $0 < $1.version },
            "migrations are numbered upwards")
        let known = migrations.last?.version ?? 0
        let current = try version(known: known)
        let pending = migrations.filter { $0.version > current }
        guard !pending.isEmpty else { return 0 }
        enforceForeignKeys(false)
        defer { enforceForeignKeys(true) }
        var applied = 0
        for migration in pending where try apply(migration) { applied += 1 }
        // A newer program may have got in between.
        _ = try version(known: known)
        return applied
    }

    private func version(known: Int) throws(MigrationError) -> Int {
        let current: Int
        do throws(SQLiteError) { current = try userVersion() } catch { throw .unreadable(error) }
        guard current <= known else { throw .newerDatabase(version: current, known: known) }
        return current
    }

    /// Returns false when another program was faster.
    private func apply(_ migration: Migration) throws(MigrationError) -> Bool {
        var dangling: String?
        do throws(SQLiteError) {
            return try write { () throws(SQLiteError) in
                guard try userVersion() < migration.version else { return false }
                try executeScript(migration.sql)
                guard connection.isInTransaction else { throw .misuse("the script ends the transaction") }
                dangling = try value("PRAGMA foreign_key_check")
                guard dangling == nil else { throw .misuse("dangling references") }
                try setUserVersion(Int32(migration.version))
                return true
            }
        } catch {
            let (version, name) = (migration.version, migration.name)
            if let dangling { throw .danglingReferences(version: version, name: name, table: dangling) }
            throw .failed(version: version, name: name, reason: error)
        }
    }
}
