package import OrchCore
import SQLite

extension SQLiteStore {
    package func integrityProblem() throws(StoreError) -> String? {
        let findings = try perform { () throws(SQLiteError) in try database.integrityCheck() }
        return findings.isEmpty ? nil : findings.prefix(Self.findingLimit).joined(separator: "\n")
    }

    /// How many of SQLite's findings are shown: one is enough to act on, and there may be thousands.
    private static let findingLimit = 5
}
