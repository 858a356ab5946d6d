import HTTP
import JSON
import OrchAdapters
import OrchCore
import Testing

@testable import OrchListener

struct WebhookReadingTests {
    /// Every event that is followed, as GitHub sends it.
    @Test(arguments: [
        ("check_suite", "completed.payload.json", true), ("check_suite", "requested.payload.json", false),
        ("issue_comment", "created.payload.json", true), ("issue_comment", "deleted.payload.json", false),
        ("issues", "opened.with-organization.payload.json", true),
        ("issues", "labeled.with-organization.payload.json", true), ("issues", "locked.payload.json", false),
        ("ping", "payload.json", false),
        ("pull_request", "closed.with-organization.payload.json", true),
        ("pull_request", "opened.with-null-body.json", true), ("pull_request", "labeled.payload.json", false),
        ("pull_request", "synchronize.payload.json", true),
        ("pull_request_review", "submitted.payload.json", true),
        ("pull_request_review_comment", "created.payload.json", true),
        ("push", "payload.json", false),  // a tag that was deleted
        ("push", "with-new-branch.payload.json", true),  // to the default branch
        ("workflow_run", "completed.payload.json", true),
        ("workflow_run", "requested.with-conclusion.payload.json", false),
    ])
    func `each event says whether it is worth a look`(_ event: String, _ file: String, _ heeded: Bool) throws
    {
        let reading = try Self.read(event, WebhookFixture.bytes("\(event)/\(file)"))
        #expect(reading.isHeeded == heeded)
        #expect(!reading.place.isEmpty)
        #expect(reading.place == reading.place.lowercased())
        #expect(try JSONValue(parsing: reading.payload)["event"].string == event)
        #expect(reading.payload.utf8.count < 600)
    }

    @Test func `every event that is followed has an example here`() throws {
        for event in GitHubEvent.allCases {
            let file = [
                "check_suite": "completed.payload.json", "ping": "payload.json", "push": "payload.json",
                "issue_comment": "created.payload.json", "workflow_run": "completed.payload.json",
                "issues": "locked.payload.json", "pull_request": "labeled.payload.json",
                "pull_request_review": "submitted.payload.json",
                "pull_request_review_comment": "created.payload.json",
            ][event.rawValue]
            #expect(try WebhookFixture.bytes("\(event.rawValue)/\(#require(file))").count > 1000)
        }
    }

    @Test func `nothing of what people wrote is kept`() throws {
        let body = try WebhookFixture.changed("issue_comment/created.payload.json") {
            $0["comment"] = ["id": 7, "body": "sesame"]
            $0["issue"] = ["number": 3, "title": "sesame"]
        }
        let reading = try Self.read("issue_comment", body)
        #expect(reading.isHeeded)
        #expect(!reading.payload.contains("sesame"))
    }

    @Test(arguments: ["issue_comment", "pull_request_review_comment"])
    func `neither orch's own comments nor those of machines are heeded`(_ event: String) throws {
        let own = try WebhookFixture.changed("\(event)/created.payload.json") {
            $0["comment"] = ["id": 7, "body": "Done.\n\n<!-- orch:key:run-1 -->"]
        }
        #expect(try !Self.read(event, own).isHeeded)
        let machine = try WebhookFixture.changed("\(event)/created.payload.json") {
            $0["sender"] = ["login": "ci[bot]", "type": "Bot"]
        }
        #expect(try !Self.read(event, machine).isHeeded)
    }

    @Test func `a push by an agent to its branch concerns nobody`() throws {
        let push = try WebhookFixture.changed("push/with-new-branch.payload.json") {
            $0["ref"] = "refs/heads/gh-task-7-say-hello"
        }
        #expect(try !Self.read("push", push).isHeeded)
    }

    @Test func `members of a strange kind are no reason to fail`() throws {
        let body = #"{"repository": [], "action": 7, "issue": null, "label": {"name": {}}, "sender": "x"}"#
        let reading = try Self.read("issues", Array(body.utf8))
        #expect(reading.place.isEmpty)
        #expect(!reading.isHeeded)
        #expect(reading.labelEdit == nil)
    }

    private static func read(_ event: String, _ body: [UInt8]) throws -> WebhookReading {
        try WebhookReading(id: "d", event: #require(GitHubEvent(rawValue: event)), body: body)
    }
}
