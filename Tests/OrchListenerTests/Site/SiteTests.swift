import HTTP
import KitTesting
import Platform
import Reactor
import Testing

@testable import OrchListener

final class SiteTests {
    private let loop: EventLoop
    private let server: HTTPServer
    private let port: UInt16

    init() throws {
        let site = Site()
        site.add([
            Route("GET", "/", .local) { _, responder in responder.respond(.text(200, "page")) },
            Route("GET", "/a/{id}", .anyone) { visit, responder in
                responder.respond(.text(200, "one \(visit.parameters["id"] ?? "")"))
            },
            Route("POST", "/a/{id}", .local, bodyLimitBytes: 10) { visit, responder in
                responder.respond(.text(200, "post \(visit.request.body.count)"))
            },
        ])
        site.add(
            StatusRoutes(
                unreadiness: { "the store is on fire" },
                metrics: {
                    [
                        Metric(
                            "x_total", .counter, "All.",
                            [.init(1, ("a", "q\"\\\n")), .init(2)])
                    ]
                }
            ).routes)
        loop = try EventLoop()
        server = HTTPServer(on: loop, handler: site, now: { 0 })
        let socket = try ListeningSocket(.tcp(host: "127.0.0.1", port: 0))
        guard case .tcp(_, let port) = socket.address else { throw SystemError("bind", code: 0) }
        self.port = port
        try server.listen(on: socket)
    }

    /// Its loop keeps a server that listens.
    deinit {
        server.drain(within: .zero) {}
        loop.after(.zero) { [loop] in loop.stop() }
        // What is not closed in this turn goes with the process.
        try? loop.run()
    }

    private func ask(_ line: String, _ fields: String = "Host: localhost:8787\r\n", body: String = "") throws
        -> String
    {
        let client = try LoopbackClient(port: port) { [loop] in
            loop.after(.milliseconds(1)) { loop.stop() }
            try loop.run()
        }
        let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
        client.send("\(line) HTTP/1.1\r\n\(fields)\(length)Connection: close\r\n\r\n\(body)")
        return try client.receive()
    }

    private static func status(_ answer: String) -> Int? {
        Int(answer.dropFirst("HTTP/1.1 ".count).prefix(3))
    }

    @Test(arguments: [
        ("GET /", 200), ("HEAD /", 200), ("GET /a/7", 200), ("GET /a", 404), ("GET /a/", 404),
        ("GET /a/7/", 404), ("GET /b", 404), ("DELETE /a/7", 405), ("POST /", 405), ("GET /A/7", 404),
    ])
    func `a route answers its method and its path`(_ line: String, _ status: Int) throws {
        #expect(Self.status(try ask(line)) == status)
    }

    @Test func `a part in braces is one part, decoded`() throws {
        #expect(try ask("GET /a/x%2Fy%20z").hasSuffix("one x/y z"))
        let refused = try ask("DELETE /a/7")
        #expect(refused.contains("Allow: GET, HEAD, POST\r\n"))
        #expect(Self.status(try ask("POST /a/7", body: "0123456789")) == 200)
        #expect(Self.status(try ask("POST /a/7", body: "0123456789a")) == 413)
    }

    /// A page of somebody else's, a name that leads here, a tunnel: none of them is this machine's own.
    @Test(arguments: [
        "Host: evil.example\r\n", "Host: localhost.evil.example\r\n", "Host: 127.0.0.1.evil.example:8787\r\n",
        "Host: \r\n", "Host: localhost:8787:1\r\n",
        "Host: localhost\r\nX-Forwarded-For: 1.2.3.4\r\n", "Host: localhost\r\nForwarded: for=1.2.3.4\r\n",
        "Host: localhost\r\nCF-Connecting-IP: 1.2.3.4\r\n",
        "Host: localhost\r\nOrigin: http://evil.example\r\n", "Host: localhost\r\nOrigin: null\r\n",
        "Host: localhost:8787\r\nOrigin: http://localhost:9999\r\n",
        "Host: localhost\r\nSec-Fetch-Site: cross-site\r\n",
        "Host: localhost\r\nSec-Fetch-Site: same-site\r\n",
    ])
    func `what is this machine's own is answered to no other`(_ fields: String) throws {
        #expect(Self.status(try ask("GET /", fields)) == 403)
        #expect(Self.status(try ask("GET /metrics", fields)) == 403)
        // What is for anyone is.
        #expect(Self.status(try ask("GET /healthz", fields)) == 200)
    }

    @Test(arguments: [
        "Host: localhost\r\n", "Host: 127.0.0.1:8787\r\n", "Host: [::1]:8787\r\n", "Host: LOCALHOST:1\r\n",
        "Host: localhost:8787\r\nOrigin: http://localhost:8787\r\nSec-Fetch-Site: same-origin\r\n",
        "Host: localhost\r\nSec-Fetch-Site: none\r\n",
        "Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n",
    ])
    func `what is this machine's own is answered to it`(_ fields: String) throws {
        #expect(Self.status(try ask("GET /", fields)) == 200)
    }

    @Test func `a link may be followed here, but nothing done by it`() throws {
        let fields = "Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"
        #expect(Self.status(try ask("POST /a/7", fields)) == 403)
    }

    @Test func `health, readiness and numbers are told`() throws {
        #expect(try ask("GET /healthz").hasSuffix("ok\n"))
        let unready = try ask("GET /readyz")
        #expect(Self.status(unready) == 503)
        #expect(unready.hasSuffix("the store is on fire\n"))
        let metrics = try ask("GET /metrics")
        #expect(
            metrics.hasSuffix(
                "# HELP x_total All.\n# TYPE x_total counter\nx_total{a=\"q\\\"\\\\\\n\"} 1\nx_total 2\n"))
    }
}
