import Curl
import JSON
import KitTesting
import Platform
import Subprocess
import Testing
import WebSocket

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A WebSocket server of Python's, for one test.
struct PythonServer: ~Copyable {
    private static let environment: Command.Environment = [
        "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8",
    ]
    /// The system's, which is the one that its packages are for.
    private static let python = "/usr/bin/python3"

    /// In CI all of it must be there: the tests run and fail without it.
    static let isThere: Bool = {
        if getenv("CI") != nil { return true }
        let probe = Command(python, "-c", "import websockets").with { $0.environment = environment }
        return (try? probe.run().exit) == .exited(0) && (try? CurlLibrary()) != nil
    }()

    private let folder: TemporaryFolder
    private var child: Child
    private let port: Int
    private let authority: String?

    init(isSecure: Bool = false) throws {
        let folder = TemporaryFolder()
        let script = try folder.file("server.py", Self.script)
        var authority: String?
        if isSecure {
            authority = "\(folder.path)/own.pem"
            let openssl = Command(
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-keyout", "\(folder.path)/own.key", "-out", "\(folder.path)/own.pem", "-days", "2", "-subj",
                "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"
            ).with { $0.environment = Self.environment }
            try #require(openssl.run().exit == .exited(0))
        }
        var child = try Child(
            Command(Self.python, script, isSecure ? folder.path : "").with {
                $0.environment = Self.environment
            },
            Child.Streams(input: .pipe, output: .pipe, error: .null))
        let port = try #require(JSONValue(parsing: child.line()).int)
        self.folder = folder
        self.child = child
        self.port = port
        self.authority = authority
    }

    /// An open connection.
    func connect(_ path: String) throws -> Connection {
        let settings = CurlSettings(
            userAgent: "tests", authoritiesPath: authority, allowsPlainHTTP: authority == nil)
        let scheme = authority == nil ? "http" : "https"
        let stream = try CurlStream(CurlLibrary(), to: "\(scheme)://localhost:\(port)/", settings)
        var connection = Connection(
            client: WebSocketClient(host: "localhost:\(port)", path: path), stream: stream)
        switch try connection.next() {
        case .opened?: return connection
        case .failed(let error)?: throw error
        case let other: throw Unexpected(event: other)
        }
    }

    struct Unexpected: Error {
        let event: WebSocketClient.Event?
    }

    /// How the next connection to end did: its path, the code and the reason that the server was given.
    mutating func report() throws -> JSONValue { try JSONValue(parsing: child.line()) }

    private static let script = #"""
        import asyncio, contextlib, http, json, os, ssl, sys, urllib.parse
        import websockets

        async def serve(socket, path):
            _, first, *rest = path.split("/")
            if first == "echo":
                with contextlib.suppress(websockets.ConnectionClosed):
                    async for message in socket:
                        await socket.send(message)
            elif first == "pieces":
                answered = []
                async def pieces():
                    yield "one "
                    answered.append(await socket.ping(b"between"))
                    yield "two "
                    yield "three"
                await socket.send(pieces())
                await asyncio.wait_for(answered[0], 20)
                await socket.send("ponged")
                await socket.wait_closed()
            elif first == "close":
                await socket.close(int(rest[0]), urllib.parse.unquote(rest[1]))
            elif first == "cut":
                socket.transport.abort()
            await socket.wait_closed()
            print(json.dumps([path, socket.close_code, socket.close_reason]), flush=True)

        async def decide(path, headers):
            if path == "/refuse":
                return http.HTTPStatus.FORBIDDEN, [], b"no"

        async def main():
            context = None
            if sys.argv[1]:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(os.path.join(sys.argv[1], "own.pem"), os.path.join(sys.argv[1], "own.key"))
            server = await websockets.serve(serve, "localhost", 0, family=2, ssl=context, process_request=decide,
                                            ping_interval=None, max_size=None)
            print(server.sockets[0].getsockname()[1], flush=True)
            await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
            os._exit(0)

        asyncio.run(main())
        """#
}

/// A client on a stream, which waits.
struct Connection: ~Copyable {
    var client: WebSocketClient
    private var stream: CurlStream
    private var events: [WebSocketClient.Event] = []

    init(client: WebSocketClient, stream: consuming CurlStream) {
        self.client = client
        self.stream = stream
    }

    /// The next event; nil once there can be none. Throws when there is none within a minute.
    mutating func next() throws -> WebSocketClient.Event? {
        let deadline = MonotonicTime.now() + .seconds(60)
        while events.isEmpty {
            while !client.output.isEmpty {
                let count = try stream.write(client.output[...])
                if count == 0 { break }
                client.consumeOutput(count)
            }
            if client.isOver { return nil }
            switch readOrEnd() {
            case .bytes(let bytes): events += client.receive(bytes)
            case .end: events += client.streamEnded().map { [$0] } ?? []
            case .nothingYet:
                try #require(MonotonicTime.now() < deadline, "the server is silent")
                var poll = EventPoll<Void>()
                poll.watch(
                    stream.descriptor, for: client.output.isEmpty ? .readable : [.readable, .writable], as: ()
                )
                _ = try poll.wait(timeout: .seconds(1))
            }
        }
        return events.removeFirst()
    }

    /// A stream that breaks has ended as well.
    private mutating func readOrEnd() -> CurlStream.Chunk { (try? stream.read()) ?? .end }
}

extension Child {
    /// The next line of its output; throws when there is none within a minute.
    fileprivate mutating func line() throws -> [UInt8] {
        var line: [UInt8] = []
        var poll = EventPoll<Void>()
        while let descriptor = outputDescriptor {
            poll.watch(descriptor, for: .readable, as: ())
            try #require(!poll.wait(timeout: .seconds(60)).isEmpty, "the server says nothing")
            if case .bytes(let chunk) = readOutput() { line += chunk }
            if line.last == UInt8(ascii: "\n") { return line.dropLast() }
        }
        try #require(Bool(false), "the server ended")
        return line
    }
}
