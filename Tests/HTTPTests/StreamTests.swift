import HTTP
import KitTesting
import Platform
import Testing

struct StreamTests {
    private static let get = "GET /a HTTP/1.1\r\nHost: here\r\n\r\n"

    @Test func `a stream comes in chunks, and another request may follow`() throws {
        let server = try TestServer()
        var streams: [HTTPStream] = []
        server.answer = {
            streams.append($1.stream(HTTPResponse(200, ["Content-Type": "text/event-stream"])))
        }
        let client = try server.client()
        client.send(Self.get)
        #expect(try server.run { streams.count == 1 })
        #expect(streams[0].write(Array("one".utf8)))
        #expect(streams[0].write([]))
        #expect(streams[0].write(Array("two, which is longer".utf8)))
        streams[0].end()
        #expect(!streams[0].isOpen)
        #expect(!streams[0].write([1]))
        let text = try client.receive { $0.hasSuffix("0\r\n\r\n") }
        #expect(text.contains("Transfer-Encoding: chunked\r\n"))
        #expect(text.hasSuffix("\r\n\r\n3\r\none\r\n14\r\ntwo, which is longer\r\n0\r\n\r\n"))
        client.send(Self.get)
        #expect(try server.run { streams.count == 2 })
        #expect(streams[1].isOpen)
    }

    @Test func `an old client's stream ends with its connection`() throws {
        let server = try TestServer()
        server.answer = { _, responder in
            let stream = responder.stream(HTTPResponse(200))
            #expect(stream.write(Array("plain".utf8)))
            stream.end()
        }
        let text = try server.exchange("GET / HTTP/1.0\r\n\r\n")
        #expect(text.hasSuffix("\r\n\r\nplain"))
        #expect(!text.contains("chunked"))
    }

    @Test func `a slow client's stream is refused more, then told of room`() throws {
        let server = try TestServer { $0.streamBytes = 100_000 }
        var stream: HTTPStream?
        server.answer = { stream = $1.stream(HTTPResponse(200)) }
        let client = try server.client()
        client.send(Self.get)
        #expect(try server.run { stream != nil })
        let piece = [UInt8](repeating: 97, count: 50_000)
        var (written, rooms) = (0, 0)
        stream?.onRoom = { rooms += 1 }
        while stream?.write(piece) == true { written += 1 }
        #expect(rooms == 0)
        #expect(stream?.isOpen == true)
        #expect(
            try server.run {
                client.listen(); return rooms == 1
            })
        #expect(stream?.write(piece) == true)
        stream?.end()
        let text = try client.receive { $0.hasSuffix("0\r\n\r\n") }
        #expect(text.count(of: "c350\r\n") == written + 1)
    }

    @Test func `the end of a client is told, by its going and by its silence`() throws {
        let server = try TestServer {
            $0.streamBytes = 1000
            $0.writeTimeout = .milliseconds(60)
        }
        var (stream, closed): (HTTPStream?, Int) = (nil, 0)
        server.answer = {
            stream = $1.stream(HTTPResponse(200))
            stream?.onClose = { closed += 1 }
        }
        var client: LoopbackClient? = try server.client()
        client?.send(Self.get)
        #expect(try server.run { stream != nil })
        client = nil
        #expect(try server.run { closed == 1 })
        #expect(stream?.write([1]) == false)
        stream = nil
        let deaf = try server.client()
        deaf.send(Self.get)
        #expect(try server.run { stream != nil })
        while stream?.write([UInt8](repeating: 1, count: 50_000)) == true {}
        #expect(try server.run { closed == 2 })
        withExtendedLifetime(client) {}
    }
}

struct ListeningSocketTests {
    @Test(arguments: [
        "", "8787", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "example.org:80", "::1:80",
        "[127.0.0.1]:80", "[::1]", "300.1.1.1:80",
    ])
    func `what is no numeric address is none`(_ text: String) { #expect(HTTPAddress(tcp: text) == nil) }

    @Test func `addresses read as they are written`() {
        for text in ["127.0.0.1:8787", "[::1]:0", "0.0.0.0:80"] {
            #expect(HTTPAddress(tcp: text)?.description == text)
        }
        #expect(HTTPAddress(tcp: "localhost:1") == .tcp(host: "127.0.0.1", port: 1))
        #expect(HTTPAddress(tcp: "[::1]:1")?.isLocal == true)
        #expect(HTTPAddress(tcp: "0.0.0.0:1")?.isLocal == false)
    }

    @Test func `a unix socket is its owner's alone, and what a dead program left is replaced`() throws {
        let folder = TemporaryFolder()
        let path = "\(folder.path)/s"
        do {
            let socket = try ListeningSocket(.unix(path: path))
            #expect(FileStatus.ifPresent(path)?.permissions == 0o600)
            #expect(throws: SystemError.self) { _ = try ListeningSocket(.unix(path: path)) }
            withExtendedLifetime(socket.address) {}
        }
        #expect(FileStatus.ifPresent(path) == nil)
        try leaveStaleSocket(path)
        #expect(FileStatus.ifPresent(path) != nil)
        let again = try ListeningSocket(.unix(path: path))
        #expect(again.address == .unix(path: path))
    }

    @Test func `a file that is no socket is nobody's to remove`() throws {
        let folder = TemporaryFolder()
        let path = try folder.file("s", "precious")
        #expect(throws: SystemError.self) { _ = try ListeningSocket(.unix(path: path)) }
        #expect(try WholeFile.read(path, limitBytes: 100) == Array("precious".utf8))
    }

    @Test func `a path that is too long is said to be`() throws {
        let path = "/" + String(repeating: "x", count: 200)
        #expect(throws: SystemError.self) { _ = try ListeningSocket(.unix(path: path)) }
    }

    @Test func `only a socket that listens can be handed down`() throws {
        #expect(throws: SystemError.self) {
            _ = try ListeningSocket(inherited: try FileDescriptor(opening: "/dev/null", 0))
        }
    }
}
