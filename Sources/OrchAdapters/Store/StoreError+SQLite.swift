import OrchCore
import Platform
import SQLite

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension SQLiteStore {
    static func translate<Value: ~Copyable>(
        path: String, _ work: () throws(SQLiteError) -> Value
    ) throws(StoreError) -> Value {
        do throws(SQLiteError) { return try work() } catch { throw StoreError(error, path: path) }
    }
}

extension StoreError {
    init(_ error: SQLiteError, path: String) {
        self =
            if error.isBusy {
                .busy
            } else if error.isFull {
                .full
            } else if error.isReadOnly {
                .readOnly(path: path)
            } else if error.isUnopenable && FileStatus.ifPresent(path)?.kind != .directory {
                // The file is there, or was just made: it or its folder may not be written.
                .readOnly(path: path)
            } else if error.isCorrupt || error.isWrongType {
                .corrupt(path: path, detail: error.message)
            } else {
                .failed(detail: "\(error.message) (SQLite error \(error.code))")
            }
    }

    init(_ error: MigrationError, path: String) {
        self =
            switch error {
            case .newerDatabase(let version, let known): .newer(found: version, known: known)
            case .failed(_, _, let reason), .unreadable(let reason): StoreError(reason, path: path)
            case .danglingReferences: .corrupt(path: path, detail: error.description)
            }
    }

    init(_ error: SystemError, path: String) {
        self =
            switch error.code {
            case ENOSPC, EDQUOT: .full
            case EACCES, EPERM, EROFS: .readOnly(path: path)
            default: .failed(detail: error.problem)
            }
    }
}

extension SQLiteError {
    /// SQLITE_CORRUPT and SQLITE_MISMATCH: https://sqlite.org/rescode.html
    private static let corrupt: Int32 = 11
    private static let mismatch: Int32 = 20

    /// A column holds what its type does not allow.
    var isWrongType: Bool { code == Self.mismatch }

    /// A value that no orch could have written.
    static func unknownValue(_ value: SQLiteValue, in place: String) -> SQLiteError {
        SQLiteError(code: corrupt, message: "\(place) holds \(value.quoted)")
    }
}

extension SQLiteValue {
    /// For a message; long text is cut.
    fileprivate var quoted: String {
        switch self {
        case .null: "NULL"
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case .text(let text): "“\(text.prefix(40))”"
        case .blob(let bytes): "\(bytes.count) bytes"
        }
    }
}
