/// What a tracker's adapter remembers between calls: answers with their ETag, and rate
/// limits shared by all processes.
package protocol RequestMemory: AnyObject {
    func cachedAnswer(_ url: String) throws(StoreError) -> CachedAnswer?
    func remember(_ answer: CachedAnswer, for url: String, now: Timestamp) throws(StoreError)
    /// - Parameter resource: `rest`, `graphql`, `search`.
    func quota(_ resource: String) throws(StoreError) -> Quota?
    func setQuota(_ quota: Quota, of resource: String) throws(StoreError)
}

package struct CachedAnswer: Equatable, Sendable {
    package let etag: String
    package let body: String
    /// Address of the next page; nil on the last one.
    package let next: String?

    package init(etag: String, body: String, next: String? = nil) {
        self.etag = etag
        self.body = body
        self.next = next
    }
}

package struct Quota: Equatable, Sendable {
    /// nil where the server did not say.
    package var remaining: Int?
    package var resetsAt: Timestamp?
    /// Nothing is sent before this moment; nil: go ahead.
    package var backOffUntil: Timestamp?
    /// The length of the last back-off, doubled for the next.
    package var lastDelay: Duration = .zero
    package var reason = ""

    package init() {}
}
