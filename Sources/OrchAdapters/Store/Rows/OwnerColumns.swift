import OrchCore
import SQLite

/// An owner is three columns in a row: boot id, pid, start time; all of them NULL where there is none.
extension Owner {
    /// The start time's bits: SQLite has no unsigned integers, and it is only ever compared.
    var startColumn: Int64 { Int64(bitPattern: startTime) }

    static func read(_ row: borrowing Row, from first: Int, in table: String) throws(SQLiteError) -> Owner? {
        let bootID: String? = try row.optional(first, in: table)
        guard let bootID else { return nil }
        let pid: Int = try row.value(first + 1, in: table)
        let start: Int64 = try row.value(first + 2, in: table)
        guard let pid = Int32(exactly: pid) else {
            throw .unknownValue(.integer(Int64(pid)), in: "\(table): a process id")
        }
        return Owner(bootID: bootID, pid: pid, startTime: UInt64(bitPattern: start))
    }
}
