package import OrchCore

/// The webhooks of a repository in memory, and what GitHub has sent to them.
package final class MemoryWebhooks: Webhooks {
    package var hooks: [Webhook] = []
    /// Newest first.
    package private(set) var sent: [WebhookAttempt] = []
    package private(set) var redelivered: [Int] = []
    package private(set) var pings = 0
    package private(set) var calls = 0
    package var refusal: TrackerError?

    package init() {}

    /// GitHub tells of something, whether or not it arrives.
    package func send(_ event: String, delivery: String, at: Timestamp, isRedelivery: Bool = false) {
        let attempt = WebhookAttempt(
            id: sent.count + 1, delivery: delivery, event: event, at: at, isRedelivery: isRedelivery)
        sent.insert(attempt, at: 0)
    }

    private func begin() throws(TrackerError) {
        calls += 1
        if let refusal { throw refusal }
    }

    package func webhooks() throws(TrackerError) -> [Webhook] {
        try begin()
        return hooks
    }

    package func attempts(
        of hook: Int, since: Timestamp, limit: Int
    ) throws(TrackerError) -> (attempts: [WebhookAttempt], isCut: Bool) {
        try begin()
        let found = sent.filter { $0.at >= since }
        return (Array(found.prefix(limit)), found.count > limit)
    }

    package func redeliver(_ attempt: Int, of hook: Int) throws(TrackerError) {
        try begin()
        redelivered.append(attempt)
    }

    package func ping(_ hook: Int) throws(TrackerError) {
        try begin()
        pings += 1
    }

    package func install(
        url: String, secret: String, events: [String]
    ) throws(TrackerError) -> (hook: Webhook, isNew: Bool) {
        try begin()
        let known = hooks.firstIndex { $0.url == url }
        let hook = Webhook(
            id: known.map { hooks[$0].id } ?? hooks.count + 1, url: url, isActive: true, events: events)
        if let known { hooks[known] = hook } else { hooks.append(hook) }
        return (hook, known == nil)
    }
}
