import SQLite

/// The schema's history. A migration is added at the end and never changed once released: databases exist
/// that ran it.
enum StoreMigrations {
    static let all = [Migration(version: 1, name: "first schema", sql: v001_firstSchema)]

    /// What `user_version` is in a database of this orch.
    static let latest = all.last?.version ?? 0
}
