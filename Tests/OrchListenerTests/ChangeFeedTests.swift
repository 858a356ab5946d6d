import HTTP
import KitTesting
import OrchAdapters
import OrchCore
import Platform
import Reactor
import Testing

@testable import OrchListener

@Suite final class ChangeFeedTests {
    private let folder = TemporaryFolder()
    private let loop: EventLoop
    private let feed: ChangeFeed
    private let server: HTTPServer
    private let port: UInt16
    /// Another process's.
    private let other: SQLiteStore

    init() throws {
        let loop = try EventLoop()
        let path = "\(folder.path)/orch.db"
        let feed = ChangeFeed(
            store: try SQLiteStore(path: path),
            projects: ProjectList(
                environment: ["ORCH_HOME": folder.path, "HOME": folder.path], ownSecrets: []),
            loop: loop, epoch: "e")
        let streams = EventStreams(on: loop)
        let site = Site()
        site.add([
            Route("GET", "/events", .anyone) { visit, responder in
                feed.add(streams.begin(responder), after: visit.request.fields["Last-Event-ID"])
            }
        ])
        server = HTTPServer(on: loop, handler: site, now: { 0 })
        let socket = try ListeningSocket(.tcp(host: "127.0.0.1", port: 0))
        guard case .tcp(_, let port) = socket.address else { throw SystemError("bind", code: 0) }
        try server.listen(on: socket)
        (self.loop, self.feed, self.port) = (loop, feed, port)
        other = try SQLiteStore(path: path)
    }

    /// Its loop keeps a server that listens.
    deinit {
        server.drain(within: .zero) {}
        loop.after(.zero) { [loop] in loop.stop() }
        // What is not closed in this turn goes with the process.
        try? loop.run()
    }

    private func turn() throws {
        loop.after(.milliseconds(2)) { [loop] in loop.stop() }
        try loop.run()
    }

    private func client(after last: String? = nil) throws -> LoopbackClient {
        let client = try LoopbackClient(port: port, turn: turn)
        let field = last.map { "Last-Event-ID: \($0)\r\n" } ?? ""
        client.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\(field)\r\n")
        return client
    }

    private func pause() throws {
        let pause = WorkPause(project: nil, since: Timestamp(seconds: 1), actor: "ada")
        #expect(try other.pause(pause))
    }

    private static func names(_ text: String) -> [Substring] {
        text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("event: ") || $0.hasPrefix("id: ") }
    }

    /// - Returns: all that the client has heard, once `last` has come.
    private func hear(_ client: LoopbackClient, until last: String) throws -> [Substring] {
        Self.names(try client.receive { $0.contains(last) })
    }

    @Test func `who comes back while somebody listens is told what was missed`() throws {
        let first = try client()
        #expect(try hear(first, until: "reset") == ["id: e-1", "event: reset"])
        try pause()
        #expect(try hear(first, until: "change").suffix(2) == ["id: e-2", "event: change"])
        #expect(try hear(try client(after: "e-1"), until: "change") == ["id: e-2", "event: change"])
        #expect(try hear(try client(after: "x-1"), until: "reset") == ["id: e-2", "event: reset"])
    }

    @Test func `who comes back after nobody has listened is told to look at everything anew`() throws {
        var first: LoopbackClient? = try client()
        _ = try hear(try #require(first), until: "reset")
        first = nil
        let deadline = MonotonicTime.now() + .seconds(20)
        while feed.isTicking, MonotonicTime.now() < deadline { try turn() }
        #expect(!feed.isTicking)
        // Nobody sees it; and the number that the client knows is the last one that was given.
        try pause()
        #expect(try hear(try client(after: "e-1"), until: "event: ") == ["id: e-2", "event: reset"])
    }
}
