import JSON
package import OrchCore

/// The webhooks of one repository, through the real `gh`: https://docs.github.com/rest/repos/webhooks
///
/// The account must be the repository's administrator; else GitHub says that there is nothing (404).
package struct GitHubWebhooks: Webhooks {
    private let client: GitHubClient

    package init(_ connection: GitHubConnection) { client = GitHubClient(connection) }

    private var repository: RepositorySlug { client.connection.repository }

    package func webhooks() throws(TrackerError) -> [Webhook] {
        let address = GitHubPath(repository, "hooks").query([("per_page", "100")])
        let items = try client.allItems(from: try client.send(GitHubRequest(.get, address)))
        return try items.map(Self.webhook)
    }

    private static func webhook(_ item: JSONValue) throws(TrackerError) -> Webhook {
        guard let id = item["id"].int else { throw .broken(detail: "a webhook without an id") }
        return Webhook(
            id: id, url: item["config"]["url"].string ?? "", isActive: item["active"].bool ?? false,
            events: item["events"].array?.compactMap(\.string) ?? [])
    }

    /// Page by page, until one reaches back far enough.
    package func attempts(
        of hook: Int, since: Timestamp, limit: Int
    ) throws(TrackerError) -> (attempts: [WebhookAttempt], isCut: Bool) {
        let path = GitHubPath(repository, "hooks", "\(hook)", "deliveries")
        var address: String? = path.query([("per_page", "100")])
        var attempts: [WebhookAttempt] = []
        while let next = address {
            let response = try client.send(GitHubRequest(.get, next))
            let read = try response.list().map(Self.attempt)
            attempts += read.filter { $0.at >= since }
            if attempts.count > limit { return (Array(attempts.prefix(limit)), true) }
            let isOver = read.isEmpty || read.contains { $0.at < since }
            address = isOver ? nil : response.nextPage
        }
        return (attempts, false)
    }

    private static func attempt(_ item: JSONValue) throws(TrackerError) -> WebhookAttempt {
        guard let id = item["id"].int, let delivery = item["guid"].string,
            let at = item["delivered_at"].string.flatMap({ Timestamp(iso8601: $0) })
        else { throw .broken(detail: "a delivery without id and time") }
        return WebhookAttempt(
            id: id, delivery: delivery, event: item["event"].string ?? "", at: at,
            isRedelivery: item["redelivery"].bool ?? false)
    }

    package func redeliver(_ attempt: Int, of hook: Int) throws(TrackerError) {
        let path = GitHubPath(repository, "hooks", "\(hook)", "deliveries", "\(attempt)", "attempts")
        _ = try client.send(GitHubRequest(.post, path.description))
    }

    package func ping(_ hook: Int) throws(TrackerError) {
        let path = GitHubPath(repository, "hooks", "\(hook)", "pings")
        _ = try client.send(GitHubRequest(.post, path.description))
    }

    /// Found by its address, so that a second time changes nothing but what differs. GitHub does not tell a
    /// secret, so it is always sent.
    package func install(
        url: String, secret: String, events: [String]
    ) throws(TrackerError) -> (hook: Webhook, isNew: Bool) {
        let known = try webhooks().first { $0.url == url }
        var body: JSONObject = [
            "active": .bool(true), "events": .array(events.map(JSONValue.string)),
            "config": [
                "url": .string(url), "content_type": "json", "insecure_ssl": "0",
                "secret": .string(secret),
            ],
        ]
        if let known {
            let path = GitHubPath(repository, "hooks", "\(known.id)")
            let request = GitHubRequest(.patch, path.description, body: .object(body))
            return (try Self.webhook(try client.send(request).body()), false)
        }
        body["name"] = "web"
        let request = GitHubRequest(.post, GitHubPath(repository, "hooks").description, body: .object(body))
        return (try Self.webhook(try client.send(request).body()), true)
    }
}
