import CSQLite

extension Connection {
    /// How many pages a kept log may hold before it is copied back and emptied.
    ///
    /// The first connection reads the whole log to find its way about in it: 100 pages take it 0.2 ms,
    /// SQLite's usual 1000 take 2 ms. Most commits add two or three pages.
    static let usualKeptLogPages = 100

    /// From now on closing does not copy the log back, and a log that has grown is emptied by the commit
    /// that finds it so.
    ///
    /// `SQLITE_FCNTL_PERSIST_WAL` is not the way: it keeps the file, but closing still copies it back, and
    /// as the next program does not know that it was, the log is never begun anew.
    ///
    /// - Parameter limitPages: how long the log may grow.
    func keepLog(limitPages: Int) {
        keptLogLimitPages = Int32(clamping: limitPages)
        _ = csqlite_configure(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        // The context outlives the handle: see `installBusyHandler`.
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_wal_hook(
            handle,
            { context, _, _, pages in
                guard let context else { return SQLITE_OK }
                let connection = Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue()
                if pages >= connection.keptLogLimitPages { connection.emptyLog() }
                return SQLITE_OK
            }, context)
    }

    /// Does nothing where another connection is in the way: the next commit tries again, and a commit must
    /// not wait for a reader.
    private func emptyLog() {
        sqlite3_busy_handler(handle, nil, nil)
        sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        installBusyHandler()
    }
}
