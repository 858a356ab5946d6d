import Curl
import Testing

/// Nothing is said to an end that has not proven who it is.
@Suite(.enabled(if: TestServers.areThere, "libcurl, python3 or openssl is not installed"))
struct CurlTrustTests {
    @Test func `every kind of wrong certificate is refused`() throws {
        let servers = try TestServers()
        for server in ["expired", "early", "wronghost", "unknown", "selfsigned"] {
            let failure = #expect(throws: CurlError.self, "\(server)") {
                try servers.client().send(CurlRequest(.get, servers.url(server, "/echo")))
            }
            guard case .untrusted(let host, let reason)? = failure else {
                Issue.record("\(server): \(String(describing: failure))")
                continue
            }
            #expect(host.hasPrefix("localhost:"))
            #expect(!reason.isEmpty)
            #expect(failure?.isPassing == false)
        }
    }

    @Test func `each flavour of the library refuses alike`() throws {
        let servers = try TestServers()
        for name in CurlLibrary.systemNames {
            // Which flavours are installed is the system's choice; the first is proven by the other tests.
            guard let library = try? CurlLibrary(names: [name]) else { continue }
            for server in ["expired", "wronghost", "unknown", "selfsigned"] {
                let failure = #expect(throws: CurlError.self, "\(name), \(server)") {
                    try CurlClient(library, servers.settings()).send(
                        CurlRequest(.get, servers.url(server, "/echo")))
                }
                guard case .untrusted? = failure else {
                    Issue.record("\(name), \(server): \(String(describing: failure))")
                    continue
                }
            }
            let answer = try CurlClient(library, servers.settings())
                .send(CurlRequest(.get, servers.url("good", "/status/204")))
            #expect(answer.status == 204)
        }
    }

    @Test func `without its file a private authority is nobody's`() throws {
        let servers = try TestServers()
        let failure = #expect(throws: CurlError.self) {
            try CurlClient(CurlLibrary(), CurlSettings(userAgent: "curl-tests"))
                .send(CurlRequest(.get, servers.url("good", "/echo")))
        }
        guard case .untrusted? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test func `a certificate for the name is none for another name of the same machine`() throws {
        let servers = try TestServers()
        #expect(
            try servers.client().send(CurlRequest(.get, servers.url("good", "/status/200"))).status == 200)
        let byNumber = try servers.url("good", "/status/200", host: "127.0.0.1")
        #expect(try servers.client().send(CurlRequest(.get, byNumber)).status == 200)
        let other = try servers.url("good", "/status/200", host: "127.0.0.2")
        #expect(throws: CurlError.self) { try servers.client().send(CurlRequest(.get, other)) }
    }

    @Test func `TLS 1_1 is refused`() throws {
        let servers = try TestServers()
        let failure = #expect(throws: CurlError.self) {
            try servers.client().send(CurlRequest(.get, servers.url("old", "/echo")))
        }
        guard case .handshakeFailed? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test func `a stream is as careful as a request`() throws {
        let servers = try TestServers()
        let failure = #expect(throws: CurlError.self) {
            _ = try CurlStream(CurlLibrary(), to: servers.url("wronghost_stream"), servers.settings())
        }
        guard case .untrusted? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test func `a file of authorities that cannot be read is told`() throws {
        let servers = try TestServers()
        var settings = servers.settings()
        settings.authoritiesPath = "/nowhere/authorities.pem"
        let failure = #expect(throws: CurlError.self) {
            try CurlClient(CurlLibrary(), settings).send(CurlRequest(.get, servers.url("good", "/echo")))
        }
        #expect(failure == .authoritiesUnusable(path: "/nowhere/authorities.pem"))
    }
}
