import HTTP
import KitTesting
import Platform
import Testing

struct ConnectionTests {
    private static let get = "GET /a HTTP/1.1\r\nHost: here\r\n\r\n"

    @Test func `requests sent ahead are answered in their order`() throws {
        let server = try TestServer()
        var waiting: [(HTTPRequest, HTTPResponder)] = []
        server.answer = { waiting.append(($0, $1)) }
        let client = try server.client()
        for number in 1...3 { client.send("GET /\(number) HTTP/1.1\r\nHost: here\r\n\r\n") }
        for number in 1...3 {
            #expect(try server.run { waiting.count == 1 })
            let (request, responder) = waiting.removeFirst()
            #expect(request.target.raw == "/\(number)")
            responder.respond(.text(200, "answer \(number)"))
        }
        let answers = try client.receive { $0.hasSuffix("answer 3") }
        #expect(answers.count(of: "HTTP/1.1 200 OK") == 3)
        #expect(!answers.contains("Connection: close"))
    }

    @Test func `an answer says when it was made, how long it is, and how it goes on`() throws {
        let server = try TestServer()
        let answer = try server.exchange("GET /a HTTP/1.0\r\n\r\n")
        #expect(
            answer == """
                HTTP/1.1 200 OK\r
                Date: Sun, 06 Nov 1994 08:49:37 GMT\r
                Content-Type: text/plain; charset=utf-8\r
                Content-Length: 8\r
                Connection: close\r
                \r
                GET /a 0
                """)
    }

    @Test func `a head alone is answered by a head, and no content by none`() throws {
        let server = try TestServer()
        let head = try server.exchange("HEAD /a HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        #expect(head.contains("Content-Length: 9\r\n"))
        #expect(head.hasSuffix("\r\n\r\n"))
        server.answer = { $1.respond(HTTPResponse(204, ["X": "a\r\nSet-Cookie: b"], body: [1])) }
        let empty = try server.exchange("GET / HTTP/1.0\r\n\r\n")
        #expect(empty.hasSuffix("\r\n\r\n"))
        #expect(!empty.contains("Content-Length"))
        #expect(!empty.contains("\nSet-Cookie"))
    }

    @Test func `what nobody answers is answered all the same`() throws {
        let server = try TestServer()
        server.answer = { _, _ in }
        #expect(try server.exchange("GET / HTTP/1.0\r\n\r\n").status == 500)
    }

    @Test func `an old client's connection goes on only where it asks for that`() throws {
        let server = try TestServer()
        let client = try server.client()
        client.send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
        #expect(try client.receive { $0.hasSuffix("GET / 0") }.status == 200)
        #expect(!client.isOver)
        client.send("GET /b HTTP/1.0\r\n\r\n")
        #expect(try client.receive().hasSuffix("GET /b 0"))
        #expect(client.isOver)
    }

    @Test func `slow clients are cut off, at each stage`() throws {
        let server = try TestServer {
            $0.headTimeout = .milliseconds(60)
            $0.bodyTimeout = .milliseconds(60)
            $0.idleTimeout = .milliseconds(60)
            $0.writeTimeout = .milliseconds(60)
            $0.lingerTimeout = .milliseconds(60)
        }
        // Says nothing.
        #expect(try server.exchange("") == "")
        // A byte of the head now and then does not buy time.
        let drip = try server.client()
        let start = MonotonicTime.now()
        #expect(
            try server.run {
                drip.send("G"); drip.listen(); return drip.isOver
            })
        #expect(drip.text.status == 408)
        #expect(MonotonicTime.now() - start < .seconds(5))
        #expect(
            try server.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab").status == 408)
        // Idle after an answer: closed without a word.
        #expect(try server.exchange(Self.get).count(of: "HTTP/1.1") == 1)
        // Takes nothing of a large answer.
        server.answer = { $1.respond(HTTPResponse(200, body: [UInt8](repeating: 120, count: 32 << 20))) }
        let deaf = try server.client()
        deaf.send(Self.get)
        #expect(try server.run { server.server?.connectionCount == 1 })
        #expect(try server.run { server.server?.connectionCount == 0 })
        deaf.listen()
        #expect(deaf.heard.count < 32 << 20)
    }

    @Test func `what comes after the last answer is dropped, up to a bound`() throws {
        let server = try TestServer { $0.lingerBytes = 100_000 }
        server.admission = { _ in .answer(.text(413, "no")) }
        let client = try server.client()
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n")
        #expect(try client.receive().contains("HTTP/1.1 413 "))
        let piece = [UInt8](repeating: 0, count: 20_000)
        var sent = 0
        #expect(
            try server.run {
                sent += max(0, client.send(piece)); return server.server?.connectionCount == 0
            })
        #expect(sent >= 100_000)
    }

    @Test func `with all places taken the longest idle makes room`() throws {
        let server = try TestServer { $0.connections = 3 }
        let clients = try (0..<3).map { _ in try server.client() }
        for client in clients {
            client.send(Self.get)
            _ = try client.receive { $0.hasSuffix("GET /a 0") }
        }
        #expect(try server.exchange("GET /new HTTP/1.0\r\n\r\n").status == 200)
        #expect(
            try server.run {
                clients[0].listen(); return clients[0].isOver
            })
        clients[1].listen()
        #expect(!clients[1].isOver && !clients[2].isOver)
    }

    @Test func `where no place is free a client waits for one`() throws {
        let server = try TestServer { $0.connections = 1 }
        var waiting: [HTTPResponder] = []
        server.answer = { waiting.append($1) }
        let (first, second) = (try server.client(), try server.client())
        first.send("GET /1 HTTP/1.0\r\n\r\n")
        #expect(try server.run { waiting.count == 1 })
        second.send("GET /2 HTTP/1.0\r\n\r\n")
        for _ in 0..<20 { try server.turn() }
        #expect(waiting.count == 1)
        waiting.removeFirst().respond(.text(200, "one"))
        #expect(try first.receive().hasSuffix("one"))
        withExtendedLifetime(first) {}
        #expect(try server.run { waiting.count == 1 })
        waiting.removeFirst().respond(.text(200, "two"))
        #expect(try second.receive().hasSuffix("two"))
    }

    @Test func `a client that goes while it is worked for harms nobody`() throws {
        let server = try TestServer()
        var waiting: [HTTPResponder] = []
        server.answer = { waiting.append($1) }
        var client: LoopbackClient? = try server.client()
        client?.send(Self.get)
        #expect(try server.run { waiting.count == 1 })
        client = nil
        let large = [UInt8](repeating: 0, count: 8 << 20)
        waiting.removeFirst().respond(HTTPResponse(200, body: large))
        #expect(try server.run { server.server?.connectionCount == 0 })
        withExtendedLifetime(client) {}
    }

    @Test func `a drain serves what has come, then says that all is done`() throws {
        let server = try TestServer()
        var waiting: [HTTPResponder] = []
        server.answer = { waiting.append($1) }
        let (busy, idle, fresh) = (try server.client(), try server.client(), try server.client())
        idle.send(Self.get)
        #expect(try server.run { waiting.count == 1 })
        waiting.removeFirst().respond(.text(200, "x"))
        _ = try idle.receive { $0.hasSuffix("x") }
        busy.send(Self.get)
        #expect(try server.run { waiting.count == 1 && server.server?.connectionCount == 3 })
        var isDone = false
        server.server?.drain(within: .seconds(10)) { isDone = true }
        #expect(throws: SystemError.self) { try server.client() }
        #expect(try idle.receive().count(of: "HTTP/1.1") == 1)
        fresh.send(Self.get)
        #expect(try server.run { waiting.count == 2 })
        #expect(!isDone)
        for responder in waiting { responder.respond(.text(200, "late")) }
        waiting = []
        for client in [busy, fresh] {
            let answer = try client.receive()
            #expect(answer.hasSuffix("late"))
            #expect(answer.contains("Connection: close"))
            client.finish()
        }
        #expect(try server.run { isDone })
    }

    @Test func `a drain cuts off what does not end`() throws {
        let server = try TestServer()
        var waiting: [HTTPResponder] = []
        server.answer = { waiting.append($1) }
        let client = try server.client()
        client.send(Self.get)
        #expect(try server.run { waiting.count == 1 })
        var isDone = false
        server.server?.drain(within: .milliseconds(20)) { isDone = true }
        #expect(try server.run { isDone })
        #expect(try client.receive() == "")
    }
}
