import OrchCore
import Platform
import SQLite

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension SQLiteStore {
    /// 1. Make the file where it is missing.
    /// 2. Read its version, which also shows whether it is a database at all.
    /// 3. Refuse what is not ours before anything is written.
    /// 4. Turn the log on, and migrate what is old.
    static func openDatabase(
        at path: String, patience: Duration, logPages: Int?
    ) throws(StoreError) -> Database {
        if path != inMemory { try makeFile(at: path) }
        let database = try translate(path: path) { () throws(SQLiteError) in
            try Database(path: path, access: .readWrite, patience: patience)
        }
        let version = try translate(path: path) { () throws(SQLiteError) in try database.userVersion() }
        guard version <= StoreMigrations.latest else {
            throw .newer(found: version, known: StoreMigrations.latest)
        }
        if version == 0 { try refuseStranger(database, path: path) }
        if path != inMemory {
            try translate(path: path) { () throws(SQLiteError) in
                try database.useWriteAheadLog(
                    synchronous: .normal, keepsLog: true, limitPages: logPages)
            }
        }
        if version < StoreMigrations.latest { try migrate(database, path: path) }
        return database
    }

    private static func makeFile(at path: String) throws(StoreError) {
        guard FileStatus.ifPresent(path) == nil else { return }
        do throws(SystemError) {
            if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
                try Directory.make(String(path[..<slash]), mode: 0o700)
            }
            // SQLite would let everybody read it; the log takes over the file's mode.
            _ = try FileDescriptor(opening: path, O_RDWR | O_CREAT, mode: 0o600)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// A database without a version that has tables belongs to another program.
    private static func refuseStranger(_ database: borrowing Database, path: String) throws(StoreError) {
        let isStrange = try translate(path: path) { () throws(SQLiteError) in
            // One picture of both: another process may be making the tables just now.
            try database.read { () throws(SQLiteError) in
                let tables = try database.value("SELECT count(*) FROM sqlite_schema", as: Int.self)
                return try database.userVersion() == 0 && tables != 0
            }
        }
        if isStrange { throw .foreign(path: path) }
    }

    private static func migrate(_ database: borrowing Database, path: String) throws(StoreError) {
        do throws(MigrationError) {
            try database.migrate(StoreMigrations.all)
        } catch {
            throw StoreError(error, path: path)
        }
    }
}
