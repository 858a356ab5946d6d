package import OrchCore

/// How far `changes` has come: everything up to `since` was handled, and this is the ETag of the list from
/// there on.
///
/// The ETag is part of the cursor and not of a cache, so that the two are stored together: a crash between
/// fetching and storing leaves the old pair, and the same changes come again.
package struct GitHubCursor: Equatable, Sendable {
    package let since: Timestamp
    /// nil until the list from `since` has been read once.
    package let etag: String?

    package init(since: Timestamp, etag: String? = nil) {
        self.since = since
        self.etag = etag
    }

    /// Reads `TIME` or `TIME ETAG`.
    /// - Returns: nil for anything else, which means: list everything anew.
    package init?(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 1)
        guard let first = parts.first, let since = Timestamp(iso8601: first) else { return nil }
        self.init(since: since, etag: parts.count == 2 ? String(parts[1]) : nil)
    }

    package var text: String { etag.map { "\(since.iso8601) \($0)" } ?? since.iso8601 }
}
