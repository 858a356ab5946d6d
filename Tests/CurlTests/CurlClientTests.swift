import Curl
import JSON
import KitTesting
import Platform
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite(.enabled(if: TestServers.areThere, "libcurl, python3 or openssl is not installed"))
struct CurlClientTests {
    @Test(arguments: [
        "", "localhost", "http://localhost/", "ftp://localhost/", "file:///etc/passwd", "https://",
        "https:///path", "https://localhost/a b", "https://localhost/\r\nX: y", "https://localhost/\u{0}",
    ])
    func `an address that is none is refused before anything is sent`(_ url: String) throws {
        let client = try CurlClient(CurlLibrary(), CurlSettings(userAgent: "curl-tests"))
        let failure = #expect(throws: CurlError.self) { try client.send(CurlRequest(.get, url)) }
        guard case .malformed? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test(arguments: [
        CurlHeader("", "x"), CurlHeader("A b", "x"), CurlHeader("A:", "x"), CurlHeader("X", "y\r\nZ: z"),
        CurlHeader("X", "y\nz"), CurlHeader("X", "\u{0}"), CurlHeader("É", "x"),
    ])
    func `a header that would be two is refused`(_ header: CurlHeader) throws {
        let client = try CurlClient(CurlLibrary(), CurlSettings(userAgent: "curl-tests"))
        let failure = #expect(throws: CurlError.self) {
            try client.send(CurlRequest(.get, "https://localhost:1/", headers: [header]))
        }
        guard case .malformed? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test func `an error shows no more of an address than its host`() throws {
        let client = try CurlClient(CurlLibrary(), CurlSettings(userAgent: "curl-tests"))
        for url in [
            "https://user:s3cret@localhost:1/s3cret", "https://s3cret@no.such.host.invalid/s3cret?s3cret",
        ] {
            let failure = try #require(throws: CurlError.self) { try client.send(CurlRequest(.get, url)) }
            #expect(failure.isPassing)
            #expect(!failure.problem.contains("s3cret"))
            #expect(!"\(failure)".contains("s3cret"))
        }
    }

    @Test func `what is sent arrives byte for byte`() throws {
        let servers = try TestServers()
        let client = try servers.client()
        let all = (0...255).map(UInt8.init)
        let methods: [(CurlRequest.Method, [UInt8]?)] = [
            (.get, nil), (.post, all), (.post, []), (.post, nil), (.put, all), (.patch, all), (.delete, nil),
            (.post, [UInt8](repeating: 97, count: 3 << 19)),
        ]
        for server in ["good", "plain"] {
            for (method, body) in methods {
                let request = CurlRequest(
                    method, try servers.url(server, "/echo?a=%20"),
                    headers: [CurlHeader("X-Given", "a, b"), CurlHeader("X-Empty", "")], body: body,
                    bodyLimitBytes: 32 << 20)
                let answer = try client.send(request)
                #expect(answer.status == 200)
                let said = try JSONValue(parsing: answer.body)
                #expect(said["method"].string == method.rawValue)
                #expect(said["path"].string == "/echo?a=%20")
                let expected = String(String.UnicodeScalarView((body ?? []).map { Unicode.Scalar($0) }))
                #expect(said["body"].string == expected)
                let headers = said["headers"].array ?? []
                #expect(headers.contains(["X-Given", "a, b"]))
                #expect(headers.contains(["X-Empty", ""]))
                #expect(headers.contains(["User-Agent", "curl-tests"]))
                #expect(!headers.contains { $0[0] == "Expect" })
            }
        }
    }

    @Test func `headers come in lower case, trimmed and all of them`() throws {
        let servers = try TestServers()
        let answer = try servers.client().send(CurlRequest(.get, servers.url("good", "/headers")))
        #expect(answer[header: "x-odd"] == "spaced")
        #expect(answer[header: "X-Empty"] == "")
        #expect(answer[header: "x-absent"] == nil)
        #expect(answer.headers.filter { $0.name == "x-many" }.map(\.value) == ["1", "2"])
    }

    @Test(arguments: [200, 204, 302, 401, 404, 429, 500, 503])
    func `a status is an answer, whatever it is`(_ status: Int) throws {
        let servers = try TestServers()
        #expect(
            try servers.client().send(CurlRequest(.get, servers.url("good", "/status/\(status)"))).status
                == status)
    }

    @Test func `a redirection is not followed`() throws {
        let servers = try TestServers()
        let answer = try servers.client().send(CurlRequest(.get, servers.url("good", "/redirect")))
        #expect(answer.status == 302)
        #expect(answer[header: "location"] == "/echo")
    }

    @Test func `a connection is used again, also after an error`() throws {
        let servers = try TestServers()
        let client = try servers.client()
        func connection() throws -> String {
            String(
                decoding: try client.send(CurlRequest(.get, servers.url("good", "/connection"))).body,
                as: UTF8.self)
        }
        let first = try connection()
        #expect(client.hasConnected)
        #expect(try connection() == first)
        #expect(!client.hasConnected)
        #expect(try client.send(CurlRequest(.get, servers.url("good", "/status/404"))).status == 404)
        #expect(try connection() == first)
        #expect(throws: CurlError.self) { try client.send(CurlRequest(.get, servers.url("good", "/drop"))) }
        #expect(try connection() != first)
    }

    @Test func `an answer has a limit, in body and headers`() throws {
        let servers = try TestServers()
        let client = try servers.client()
        func get(_ path: String, limit: Int) throws -> Int {
            try client.send(CurlRequest(.get, servers.url("good", path), bodyLimitBytes: limit)).body.count
        }
        #expect(try get("/bytes/100000", limit: 100_000) == 100_000)
        let failure = #expect(throws: CurlError.self) { try get("/bytes/100001", limit: 100_000) }
        guard case .tooLarge(_, limitBytes: 100_000)? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(throws: CurlError.self) { try get("/flood", limit: 100_000) }
        #expect(try get("/bytes/0", limit: 0) == 0)
    }

    @Test func `an answer that ends too soon is none`() throws {
        let servers = try TestServers()
        for path in ["/halve", "/drop"] {
            let failure = try #require(throws: CurlError.self) {
                try servers.client().send(CurlRequest(.get, servers.url("plain", path)))
            }
            guard case .broken = failure else {
                Issue.record("\(path): \(failure)")
                continue
            }
            #expect(failure.isPassing)
        }
    }

    @Test func `a silent server is given up in time`() throws {
        let servers = try TestServers()
        let start = MonotonicTime.now()
        let failure = #expect(throws: CurlError.self) {
            try servers.client().send(
                CurlRequest(.get, servers.url("good", "/silent"), timeout: .milliseconds(300)))
        }
        guard case .timedOut(_, after: .milliseconds(300))? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(MonotonicTime.now() - start < .seconds(10))
    }

    @Test func `a wait is called off from another thread at once and for good`() throws {
        let servers = try TestServers()
        let cancellation = CurlCancellation()
        let url = try servers.url("good", "/silent")
        let settings = servers.settings()
        let outcome = Outcome()
        let thread = try TestThread {
            outcome.record {
                let client = try CurlClient(CurlLibrary(), settings, cancellation: cancellation)
                outcome.noteStart()
                _ = try client.send(CurlRequest(.get, url, timeout: .seconds(60)))
            }
        }
        #expect(eventually { outcome.hasStarted })
        cancellation.cancel()
        let start = MonotonicTime.now()
        thread.join()
        #expect(MonotonicTime.now() - start < .seconds(10))
        #expect(outcome.error == .cancelled)
        let client = try servers.client(cancellation: cancellation)
        #expect(throws: CurlError.cancelled) {
            try client.send(CurlRequest(.get, servers.url("good", "/status/200")))
        }
    }
}
