package import OrchCore
import SQLite

extension SQLiteStore {
    /// All bodies together: a list of 100 issues is 270 KB, so this is some hundred projects' worth.
    static let cacheLimitBytes = 32 << 20
    /// A longer answer is not worth keeping: it would push out everybody else's.
    static let answerLimitBytes = 4 << 20

    package func cachedAnswer(_ url: String) throws(StoreError) -> CachedAnswer? {
        try perform { () throws(SQLiteError) in
            try database.query("SELECT etag, body, next FROM cache WHERE url = ?1", url) {
                row throws(SQLiteError) in
                CachedAnswer(
                    etag: try row.value(0, in: "cache"), body: try row.value(1, in: "cache"),
                    next: try row.optional(2, in: "cache"))
            }.first
        }
    }

    /// Forgets the oldest answers where all of them together have become too long.
    package func remember(_ answer: CachedAnswer, for url: String, now: Timestamp) throws(StoreError) {
        let size = answer.body.utf8.count
        guard size <= Self.answerLimitBytes else { return try forget(url) }
        let insert = """
            INSERT INTO cache (url, stored_at, size, etag, next, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (url) DO UPDATE SET stored_at = excluded.stored_at, size = excluded.size,
            etag = excluded.etag, next = excluded.next, body = excluded.body
            """
        let evict = """
            DELETE FROM cache WHERE url IN (
                SELECT url FROM (
                    SELECT url, sum(size) OVER (ORDER BY stored_at DESC, url DESC) AS total FROM cache)
                WHERE total > ?1 AND url <> ?2)
            """
        try write { () throws(SQLiteError) in
            try database.execute(insert, url, now, size, answer.etag, answer.next, answer.body)
            try database.execute(evict, Self.cacheLimitBytes, url)
        }
    }

    private func forget(_ url: String) throws(StoreError) {
        try perform { () throws(SQLiteError) in
            _ = try database.execute("DELETE FROM cache WHERE url = ?1", url)
        }
    }

    package func quota(_ resource: String) throws(StoreError) -> Quota? {
        let query = """
            SELECT remaining, resets_at, back_off_until, last_delay_ms, reason FROM quota WHERE resource = ?1
            """
        return try perform { () throws(SQLiteError) in
            try database.query(query, resource, row: Self.quota).first
        }
    }

    private static func quota(_ row: borrowing Row) throws(SQLiteError) -> Quota {
        var quota = Quota()
        quota.remaining = try row.optional(0, in: "quota")
        quota.resetsAt = try row.optional(1, in: "quota")
        quota.backOffUntil = try row.optional(2, in: "quota")
        let delay: Int64 = try row.value(3, in: "quota")
        quota.lastDelay = .milliseconds(delay)
        quota.reason = try row.value(4, in: "quota")
        return quota
    }

    package func setQuota(_ quota: Quota, of resource: String) throws(StoreError) {
        // An answer from the cache leaves the quota as it was: that is no reason to write.
        guard try self.quota(resource) != quota else { return }
        let statement = """
            INSERT INTO quota (resource, remaining, resets_at, back_off_until, last_delay_ms, reason)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (resource) DO UPDATE SET remaining = excluded.remaining,
            resets_at = excluded.resets_at, back_off_until = excluded.back_off_until,
            last_delay_ms = excluded.last_delay_ms, reason = excluded.reason
            """
        let (seconds, attoseconds) = quota.lastDelay.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        try perform { () throws(SQLiteError) in
            _ = try database.execute(
                statement, resource, quota.remaining, quota.resetsAt, quota.backOffUntil, milliseconds,
                quota.reason)
        }
    }
}
