import JSON
import OrchAdapters
import OrchCore
import OrchTesting
import Platform
import Testing

/// Nothing listens where these webhooks lead to: what matters here is GitHub's own list.
@Suite(.requiresGitHub)
struct GitHubWebhooksTests {
    private let stage: GitHubStage
    private let webhooks: GitHubWebhooks
    private let url = "http://127.0.0.1:9/webhook/github"
    private let longAgo = Timestamp(seconds: 0)

    init() throws {
        stage = try GitHubStage(isLean: true)
        webhooks = GitHubWebhooks(stage.connection)
    }

    private func install(_ events: [String] = ["issues", "push"]) throws -> (hook: Webhook, isNew: Bool) {
        try webhooks.install(url: url, secret: "s3cret", events: events)
    }

    private func happen(_ event: String, count: Int = 1) throws {
        try stage.server.admin(
            "POST", "deliver",
            [
                "repository": .string(GitHubStandIn.repository), "event": .string(event),
                "count": .int(Int64(count)), "lost": true,
            ])
    }

    @Test func `a webhook is made once, and brought up to date the second time`() throws {
        let (made, isNew) = try install()
        #expect(isNew)
        #expect(made.isActive && made.leadsToOrch)
        let (found, isNewAgain) = try install(GitHubEvent.subscribed)
        #expect(!isNewAgain)
        #expect(found.id == made.id)
        #expect(found.missingEvents.isEmpty)
        #expect(try webhooks.webhooks() == [found])
    }

    @Test func `what was sent is listed newest first, over several pages, each try by itself`() throws {
        let hook = try install().hook
        try happen("issues", count: 120)
        try happen("fork")
        let (attempts, isCut) = try webhooks.attempts(of: hook.id, since: longAgo, limit: 1000)
        #expect(attempts.count == 121, "what nobody subscribed to is not sent")
        #expect(attempts.last?.event == "ping")
        #expect(!isCut)
        let newest = try #require(attempts.first)
        try webhooks.redeliver(newest.id, of: hook.id)
        let later = try webhooks.attempts(of: hook.id, since: longAgo, limit: 1000).attempts
        #expect(later.first?.delivery == newest.delivery)
        #expect(later.first?.isRedelivery == true)
    }

    @Test func `a list that is too long is cut and says so, and an old one is not read on`() throws {
        let hook = try install().hook
        try happen("issues", count: 120)
        #expect(try webhooks.attempts(of: hook.id, since: longAgo, limit: 50).attempts.count == 50)
        #expect(try webhooks.attempts(of: hook.id, since: longAgo, limit: 50).isCut)
        let future = Timestamp(seconds: Int(WallClock.unixSeconds()) + 3600)
        let calls = try stage.calls {
            let found = try webhooks.attempts(of: hook.id, since: future, limit: 50)
            #expect(found.attempts.isEmpty && !found.isCut)
        }
        #expect(calls.count == 1)
    }

    @Test func `a ping is sent`() throws {
        let hook = try install().hook
        try webhooks.ping(hook.id)
        let attempts = try webhooks.attempts(of: hook.id, since: longAgo, limit: 9).attempts
        #expect(attempts.map(\.event) == ["ping", "ping"])
    }

    @Test func `an account that is no administrator is refused`() throws {
        let entry: JSONValue = [
            "full_name": .string(GitHubStandIn.repository), "collaborators": ["mallory": "write"],
        ]
        try stage.server.admin("POST", "seed", ["viewer": "mallory", "repositories": [entry]])
        do {
            _ = try webhooks.webhooks()
            Issue.record("it may look")
        } catch {
            #expect(error.isRefusal)
        }
    }
}
