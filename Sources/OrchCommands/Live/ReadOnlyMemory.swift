import OrchCore

/// What a dry run's requests remember: everything that is known, and nothing new.
final class ReadOnlyMemory: RequestMemory {
    private let store: any RequestMemory

    init(_ store: any RequestMemory) { self.store = store }

    func cachedAnswer(_ url: String) throws(StoreError) -> CachedAnswer? { try store.cachedAnswer(url) }
    func quota(_ resource: String) throws(StoreError) -> Quota? { try store.quota(resource) }
    func remember(_ answer: CachedAnswer, for url: String, now: Timestamp) {}
    func setQuota(_ quota: Quota, of resource: String) {}
}
