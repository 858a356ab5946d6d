import KitTesting
import Testing

@testable import HTTP

struct BodyTests {
    static let start = "POST / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"

    @Test(arguments: [
        ("Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400),
        ("Content-Length: 3, 3\r\n\r\nabc", 400),
        ("Content-Length: +3\r\n\r\nabc", 400),
        ("Content-Length: -3\r\n\r\nabc", 400),
        ("Content-Length: 0x3\r\n\r\nabc", 400),
        ("Content-Length:\r\n\r\nabc", 400),
        ("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        ("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
        ("Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 501),
        ("Transfer-Encoding: ch unked\r\n\r\n0\r\n\r\n", 501),
        ("Transfer-Encoding: c\thunked\r\n\r\n0\r\n\r\n", 501),
        ("Transfer-Encoding: identity\r\n\r\nabc", 501),
        ("Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        ("Transfer-Encoding: chunked\r\n\r\n\r\n", 400),
        ("Transfer-Encoding: chunked\r\n\r\n-1\r\n", 400),
        ("Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", 400),
        ("Transfer-Encoding: chunked\r\n\r\n1\na\r\n", 400),
        ("Transfer-Encoding: chunked\r\n\r\n1000000000000000000\r\n", 400),
        ("Transfer-Encoding: chunked\r\n\r\n100001\r\n", 413),
        ("Content-Length: 1048577\r\n\r\n", 413),
        ("Content-Length: 99999999999999999999999\r\n\r\n", 413),
    ])
    func `a body whose end is not clear, or too far, is refused`(_ rest: String, _ status: Int) throws {
        let server = try TestServer()
        #expect(try server.exchange(Self.start + rest).status == status)
        #expect(server.requests.isEmpty)
    }

    @Test func `chunks that go on for ever are refused once they are too much`() throws {
        let server = try TestServer()
        server.admission = { _ in .body(limitBytes: 100) }
        let chunk = "10\r\n0123456789abcdef\r\n"
        let answer = try server.exchange(
            Self.start + "Transfer-Encoding: chunked\r\n\r\n" + String(repeating: chunk, count: 7))
        #expect(answer.status == 413)
        let extensions = "1;\(String(repeating: "x", count: 5000))\r\n"
        #expect(
            try server.exchange(Self.start + "Transfer-Encoding: chunked\r\n\r\n" + extensions).status == 400)
        let trailers = "0\r\n" + String(repeating: "a: b\r\n", count: 5000)
        #expect(
            try server.exchange(Self.start + "Transfer-Encoding: chunked\r\n\r\n" + trailers).status == 400)
    }

    /// However a body is cut into chunks, and the text into writes, it arrives as it was.
    @Test(arguments: 0..<20)
    func `a body arrives whole`(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let body = (0..<generator.below(200_000)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var text = Array(Self.start.utf8)
        if generator.chance(50) {
            text += Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
        } else {
            text += Array("Transfer-Encoding: chunked\r\n\r\n".utf8)
            var rest = body[...]
            while !rest.isEmpty {
                let chunk = rest.prefix(1 + generator.below(50_000))
                rest = rest.dropFirst(chunk.count)
                text += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)
            }
            text += Array("0\r\n\r\n".utf8)
        }
        let server = try TestServer()
        let client = try server.client()
        var rest = text[...]
        let sent = try server.run {
            let part = rest.prefix(1 + generator.below(70_000))
            rest = rest.dropFirst(max(0, client.send(Array(part))))
            return rest.isEmpty
        }
        #expect(sent)
        #expect(try client.receive().hasSuffix("POST / \(body.count)"))
        #expect(server.requests.first?.body == body)
    }

    @Test func `who waits to be told to go on is told, unless the body is unwanted`() throws {
        let server = try TestServer()
        let client = try server.client()
        client.send(Self.start + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n")
        let first = try client.receive { $0.hasSuffix("\r\n\r\n") }
        #expect(first == "HTTP/1.1 100 Continue\r\n\r\n")
        client.send("abc")
        #expect(try client.receive().hasSuffix("POST / 3"))
        let unwanted = try server.exchange(
            Self.start + "Content-Length: 9999999\r\nExpect: 100-continue\r\n\r\n")
        #expect(unwanted.status == 413)
        server.admission = { _ in .answer(.text(404, "no")) }
        let nowhere = try server.exchange(Self.start + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n")
        #expect(nowhere.status == 404)
    }

    @Test func `bodies of all clients together have a bound`() throws {
        let server = try TestServer { $0.bodyBytes = 100_000 }
        let clients = try (0..<3).map { _ in try server.client() }
        for client in clients {
            client.send(Self.start + "Content-Length: 90000\r\n\r\n" + String(repeating: "x", count: 60_000))
        }
        #expect(
            try server.run {
                clients.contains { client in
                    client.listen(); return client.text.status == 503
                }
            })
        let slow = clients.first { $0.text.isEmpty }
        #expect(
            try server.run {
                clients.count { client in
                    client.listen(); return client.isOver
                } == 2
            })
        slow?.send(String(repeating: "x", count: 30_000))
        #expect(try slow?.receive().status == 200)
        // What was refused or answered is not counted any more.
        #expect(try server.exchange(Self.start + "Content-Length: 5\r\n\r\nabcde").status == 200)
    }

    private func part(_ count: Int, of length: Int) -> String {
        Self.start + "Content-Length: \(length)\r\n\r\n" + String(repeating: "x", count: count)
    }

    @Test func `bodies that stop on their way keep no others out`() throws {
        let server = try TestServer { $0.bodyBytes = 100_000 }
        let (stuck, slow) = (try server.client(), try server.client())
        stuck.send(part(60_000, of: 90_000))
        slow.send(part(30_000, of: 40_000))
        #expect(try server.run { server.server?.heldBytes == 90_000 })
        #expect(try server.exchange(part(20_000, of: 20_000)).status == 200)
        #expect(try stuck.receive().status == 503)
        slow.send(String(repeating: "x", count: 10_000))
        #expect(try slow.receive().status == 200)
        #expect(server.server?.heldBytes == 0)
    }

    @Test func `the largest is refused, though it is the newest`() throws {
        let server = try TestServer { $0.bodyBytes = 100_000 }
        let slow = try server.client()
        slow.send(part(40_000, of: 45_000))
        #expect(try server.run { server.server?.heldBytes == 40_000 })
        #expect(try server.exchange(part(70_000, of: 70_000)).status == 503)
        slow.send(String(repeating: "x", count: 5000))
        #expect(try slow.receive().status == 200)
    }
}
