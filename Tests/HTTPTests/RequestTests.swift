import HTTP
import KitTesting
import Testing

/// What is no request, or a dangerous one, is refused; what is one arrives as it was sent.
struct RequestTests {
    static let close = "Host: here\r\nConnection: close\r\n"

    @Test(arguments: [
        ("GET / HTTP/1.1\r\n\r\n", 400),  // no Host
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
        ("GET / SMTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400),
        ("G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (" GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /\u{e9} HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/1.1\nHost: a\n\n", 400),  // lines that end in LF alone
        ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\u{0}b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\u{7f}\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", 400),
        ("\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("\u{16}\u{3}\u{1}\u{2}\u{0}\r\n", 400),  // a TLS client's hello
        ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET http://a@b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET http://a:1/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\n\r\n", 417),
    ])
    func `what is no request is refused, and the connection closed`(_ text: String, _ status: Int) throws {
        let server = try TestServer()
        let answer = try server.exchange(text)
        #expect(answer.status == status)
        #expect(answer.contains("Connection: close\r\n"))
        #expect(server.requests.isEmpty)
    }

    @Test(arguments: [
        ("/../etc/passwd", 400), ("/a/..", 400), ("/a/%2e%2E/b", 400), ("/.", 400), ("/%00", 400),
        ("/%", 400), ("/%4", 400), ("/%+1", 400), ("/%gg", 400), ("/%ff", 400), ("a", 400), ("ftp://x/", 400),
        ("/a?b=%zz", 400),
    ])
    func `no path leads anywhere else`(_ target: String, _ status: Int) throws {
        let server = try TestServer()
        let answer = try server.exchange("GET \(target) HTTP/1.1\r\n\(Self.close)\r\n")
        #expect(answer.status == status)
        #expect(server.requests.isEmpty)
    }

    @Test(arguments: [
        ("/", []), ("/a/b", ["a", "b"]), ("//a/", ["", "a", ""]), ("/a%2Fb/c%20d", ["a/b", "c d"]),
        ("/%C3%A9", ["é"]), ("http://here/a?b", ["a"]), ("HTTP://here", []), ("http://here?x=1", []),
        ("/a..b/...", ["a..b", "..."]),
    ])
    func `a path comes in its parts`(_ target: String, _ segments: [String]) throws {
        let target = try HTTPTarget(target)
        #expect(target.segments == segments)
    }

    @Test func `a target may name the host that the request is for`() throws {
        let server = try TestServer()
        let answer = try server.exchange(
            "GET http://HERE/a HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        #expect(answer.status == 200)
    }

    @Test func `a query comes decoded`() throws {
        let target = try HTTPTarget("/x?a=1&b=c+d%26&e&a=2&=z")
        #expect(target.query("a") == "1")
        #expect(target.query("b") == "c d&")
        #expect(target.query("e") == "")
        #expect(target.query("f") == nil)
        #expect(target.segments == ["x"])
    }

    @Test func `fields come by name, whatever its case, and repeated ones together`() throws {
        let server = try TestServer()
        let fields = "x-one:1\r\nX-List: a\r\nX-LIST:\t b \t\r\nEmpty:\r\n"
        _ = try server.exchange("GET / HTTP/1.1\r\n\(fields)\(Self.close)\r\n")
        let request = try #require(server.requests.first)
        #expect(request.fields["X-One"] == "1")
        #expect(request.fields["x-list"] == "a, b")
        #expect(request.fields["empty"] == "")
        #expect(request.fields["absent"] == nil)
        #expect(request.head.transport == .tcp(peer: "127.0.0.1"))
    }

    @Test func `a head that is too large is refused before its end`() throws {
        let server = try TestServer { $0.headBytes = 1000 }
        let long = String(repeating: "a", count: 2000)
        #expect(try server.exchange("GET /\(long)").status == 414)
        #expect(try server.exchange("GET / HTTP/1.1\r\nX: \(long)").status == 431)
        let many = String(repeating: "a: b\r\n", count: 101)
        let roomy = try TestServer()
        #expect(try roomy.exchange("GET / HTTP/1.1\r\n\(many)\(Self.close)\r\n").status == 431)
        let flood = String(repeating: "x: \(String(repeating: "y", count: 1000))\r\n", count: 50)
        #expect(try roomy.exchange("GET / HTTP/1.1\r\n\(flood)").status == 431)
    }

    @Test func `a request may come a byte at a time`() throws {
        let server = try TestServer()
        let client = try server.client()
        let text =
            "\r\nPOST /p HTTP/1.1\r\n\(Self.close)Transfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\n1\r\nc\r\n0\r\nT: 1\r\n\r\n"
        for byte in text.utf8 {
            client.send([byte])
            try server.turn()
        }
        #expect(try client.receive().hasSuffix("POST /p 3"))
        #expect(server.requests.first?.body == Array("abc".utf8))
    }
}
