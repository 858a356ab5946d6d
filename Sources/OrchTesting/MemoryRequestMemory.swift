package import OrchCore

/// What a tracker's adapter remembers, for the length of a test.
package final class MemoryRequestMemory: RequestMemory {
    package private(set) var answers: [String: CachedAnswer] = [:]
    package private(set) var quotas: [String: Quota] = [:]
    /// How often anything was written: a store would have committed as often.
    package private(set) var writes = 0

    package init() {}

    package func cachedAnswer(_ url: String) throws(StoreError) -> CachedAnswer? { answers[url] }

    package func remember(_ answer: CachedAnswer, for url: String, now: Timestamp) throws(StoreError) {
        writes += 1
        answers[url] = answer
    }

    package func quota(_ resource: String) throws(StoreError) -> Quota? { quotas[resource] }

    package func setQuota(_ quota: Quota, of resource: String) throws(StoreError) {
        writes += 1
        quotas[resource] = quota
    }
}
