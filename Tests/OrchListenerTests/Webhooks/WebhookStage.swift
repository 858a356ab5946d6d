import HTTP
import KitTesting
import OrchAdapters
import OrchCore
import OrchTesting
import Platform
import Reactor
import SHA2

@testable import OrchListener

/// A desk behind a real server, with a real store.
final class WebhookStage {
    static let secret = "It's a Secret to Everybody"
    static let project = Project.ID(rawValue: "/work")

    let loop: EventLoop
    let store: any Store
    let fuse = Fuse()
    let desk: WebhookDesk
    let port: UInt16
    private var server: HTTPServer?
    private let site = Site()
    private let followed: Followed

    private final class Followed {
        var told: [Set<GitHubEvent>] = []
    }

    init() throws {
        let loop = try EventLoop()
        let base = try SQLiteStore(path: SQLiteStore.inMemory)
        let store = FusedStore(base, fuse: fuse)
        let followed = Followed()
        var settings = Settings()
        settings.github.repository = RepositorySlug("Codertocat/Hello-World")
        let projects = [Project(id: Self.project, name: "work", settings: settings)]
        desk = try WebhookDesk(
            secret: Self.secret, store: store,
            echoes: Echoes(store: store, registry: .init(projects: { projects }, stamp: { [] })), loop: loop,
            follow: { followed.told.append($0) })
        site.add([desk.route])
        let socket = try ListeningSocket(.tcp(host: "127.0.0.1", port: 0))
        guard case .tcp(_, let port) = socket.address else { throw SystemError("bind", code: 0) }
        (self.loop, self.store, self.port, self.followed) = (loop, store, port, followed)
        let server = HTTPServer(on: loop, handler: site, now: { 0 })
        try server.listen(on: socket)
        self.server = server
    }

    /// Its loop keeps a server that listens, and with it the threads of the desk.
    deinit {
        server?.drain(within: .zero) {}
        loop.after(.zero) { [loop] in loop.stop() }
        // What is not closed in this turn goes with the process.
        try? loop.run()
    }

    var follows: [Set<GitHubEvent>] { followed.told }

    func client() throws -> LoopbackClient {
        try LoopbackClient(port: port) { [loop] in
            loop.after(.milliseconds(1)) { loop.stop() }
            try loop.run()
        }
    }

    static func sign(_ body: [UInt8], _ secret: String = secret) -> String {
        "sha256=" + Hexadecimal.encode(HMACSHA256.code(of: body, key: secret.utf8))
    }

    /// The request of a delivery, with these fields over the usual ones; nil leaves one out.
    static func request(
        _ body: [UInt8], event: String, id: String, _ changes: [String: String?] = [:]
    ) -> [UInt8] {
        var fields: [String: String?] = [
            "Host": "orch.example", "Content-Type": "application/json", "X-GitHub-Event": event,
            "X-GitHub-Delivery": id, "X-Hub-Signature-256": sign(body), "Connection": "close",
            "Content-Length": String(body.count),
        ]
        for (name, value) in changes { fields[name] = value }
        let lines = fields.compactMap { name, value in value.map { "\(name): \($0)\r\n" } }.joined()
        return Array("POST /webhook/github HTTP/1.1\r\n\(lines)\r\n".utf8) + body
    }

    /// - Returns: the status of the answer.
    func deliver(
        _ body: [UInt8], event: String, id: String = "d-1", _ changes: [String: String?] = [:]
    ) throws -> Int? {
        let client = try client()
        let request = Self.request(body, event: event, id: id, changes)
        var rest = request[...]
        while !rest.isEmpty {
            rest = rest.dropFirst(max(0, client.send(Array(rest.prefix(64 << 10)))))
            loop.after(.zero) { [loop] in loop.stop() }
            try loop.run()
        }
        let answer = try client.receive()
        return Int(answer.dropFirst("HTTP/1.1 ".count).prefix(3))
    }

    func rows() throws -> [ReceivedDelivery] {
        try ["issues", "push", "ping", WebhookDesk.unheeded].compactMap {
            try store.newestDelivery(of: [$0], from: .github, at: "codertocat/hello-world")
        }
    }
}
