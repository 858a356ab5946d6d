import HTTP
import JSON
import KitTesting
import OrchCore
import OrchTesting
import Testing

@testable import OrchListener

/// What is not GitHub's is refused, what is comes to be a row before it is answered, and once.
struct WebhookDeskTests {
    private let stage: WebhookStage
    private let opened: [UInt8]

    init() throws {
        stage = try WebhookStage()
        opened = try WebhookFixture.bytes("issues/opened.with-organization.payload.json")
    }

    @Test(
        arguments: [
            ["X-Hub-Signature-256": nil],
            ["X-Hub-Signature-256": nil, "X-Hub-Signature": "sha1=0123456789012345678901234567890123456789"],
            ["X-Hub-Signature-256": "sha256="],
            ["X-Hub-Signature-256": "sha1=0123456789012345678901234567890123456789"],
            ["X-Hub-Signature-256": "sha256=\(String(repeating: "0", count: 64))"],
            ["X-Hub-Signature-256": "sha256=\(String(repeating: "z", count: 64))"],
        ] as [[String: String?]])
    func `what is not signed is refused`(_ changes: [String: String?]) throws {
        #expect(try stage.deliver(opened, event: "issues", changes) == 401)
        #expect(try stage.rows().isEmpty)
        #expect(stage.follows.isEmpty)
    }

    @Test func `a signature by another secret, or of another body, is none`() throws {
        let other = WebhookStage.sign(opened, "another secret")
        #expect(try stage.deliver(opened, event: "issues", ["X-Hub-Signature-256": other]) == 401)
        // A reader that parses JSON and writes it anew would not see this.
        let spaced = opened + [UInt8(ascii: " ")]
        let stale = WebhookStage.sign(opened)
        #expect(try stage.deliver(spaced, event: "issues", ["X-Hub-Signature-256": stale]) == 401)
        #expect(try stage.rows().isEmpty)
    }

    @Test(
        arguments: [
            (["X-GitHub-Delivery": nil], 400), (["X-GitHub-Delivery": ""], 400),
            (["X-GitHub-Delivery": "a b"], 400),
            (["X-GitHub-Delivery": String(repeating: "a", count: 101)], 400),
            (["X-GitHub-Event": nil], 400), (["X-GitHub-Event": "check_run"], 202),
            (["Content-Type": "application/x-www-form-urlencoded"], 415), (["Content-Type": nil], 415),
            (["Content-Type": "application/json; charset=utf-8"], 202),
        ] as [([String: String?], Int)])
    func `what is signed has to be a delivery`(_ changes: [String: String?], _ status: Int) throws {
        #expect(try stage.deliver(opened, event: "issues", changes) == status)
    }

    @Test(arguments: ["", "{", "[]", "null", "\"text\"", String(repeating: "[", count: 500)])
    func `a body that is no payload is refused`(_ body: String) throws {
        #expect(try stage.deliver(Array(body.utf8), event: "issues") == 400)
        #expect(try stage.rows().isEmpty)
    }

    @Test func `a delivery is a row when it is answered, and is followed up`() throws {
        #expect(try stage.deliver(opened, event: "issues") == 202)
        let row = try #require(try stage.rows().first)
        #expect(row.delivery.id == "d-1")
        #expect(row.delivery.event == "issues")
        #expect(row.delivery.place == "codertocat/hello-world")
        #expect(row.handledAt == nil)
        #expect(stage.follows == [[.issues]])
    }

    @Test func `one that comes again is known, and followed up no more`() throws {
        #expect(try stage.deliver(opened, event: "issues") == 202)
        #expect(try stage.deliver(opened, event: "issues") == 200)
        // Replayed as something else it is still the same.
        let push = try WebhookFixture.bytes("push/with-new-branch.payload.json")
        #expect(try stage.deliver(push, event: "push") == 200)
        #expect(try stage.rows().count == 1)
        #expect(stage.follows.count == 1)
        #expect(stage.desk.counters.repeated == 2)
    }

    @Test func `where it cannot be written down, GitHub is told so, and may send it again`() throws {
        stage.fuse.set(0)
        #expect(try stage.deliver(opened, event: "issues") == 503)
        #expect(stage.follows.isEmpty)
        stage.fuse.set(nil)
        #expect(try stage.deliver(opened, event: "issues") == 202)
        #expect(try stage.rows().count == 1)
    }

    /// Thirty that come together are written in few transactions.
    @Test func `all that come at once are answered, and none is lost`() throws {
        let clients = try (0..<30).map { _ in try stage.client() }
        for (number, client) in clients.enumerated() {
            client.send(WebhookStage.request(opened, event: "issues", id: "many-\(number % 20)"))
        }
        for client in clients { #expect(try client.receive().contains("HTTP/1.1 20")) }
        let ids = (0..<20).map { "many-\($0)" }
        #expect(try stage.store.received(ids, from: .github) == Set(ids))
        #expect(try stage.store.countWaitingDeliveries(from: .github) == 20)
    }

    @Test func `a large one is read elsewhere, and comes out the same`() throws {
        let large = try WebhookFixture.changed("issues/opened.with-organization.payload.json") {
            $0["padding"] = .string(String(repeating: "x", count: 3 << 20))
        }
        #expect(try stage.deliver(large, event: "issues", ["X-Hub-Signature-256": "sha256=00"]) == 401)
        #expect(try stage.deliver(large, event: "issues") == 202)
        let row = try #require(try stage.rows().first)
        #expect(row.delivery.payload.utf8.count < 1000)
    }

    @Test func `no body of any size is taken`() throws {
        let changes = ["Content-Length": "1073741824"]
        #expect(try stage.deliver(Array("{".utf8), event: "issues", changes) == 413)
        let other = try stage.client()
        other.send("GET /webhook/github HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let answer = try other.receive()
        #expect(answer.hasPrefix("HTTP/1.1 405 "))
        #expect(answer.contains("Allow: POST\r\n"))
    }

    @Test func `what concerns nobody is written down, and nobody is woken for it`() throws {
        let body = try WebhookFixture.bytes("issues/locked.payload.json")
        #expect(try stage.deliver(body, event: "issues") == 202)
        let strange = try WebhookFixture.changed("issues/opened.with-organization.payload.json") {
            $0["repository"] = ["full_name": "somebody/else"]
        }
        #expect(try stage.deliver(strange, event: "issues", id: "d-2") == 202)
        #expect(try stage.store.received(["d-1", "d-2"], from: .github).count == 2)
        #expect(try stage.store.countWaitingDeliveries(from: .github) == 0)
        #expect(stage.follows.isEmpty)
        #expect(stage.desk.counters.unheeded == 2)
    }
}
