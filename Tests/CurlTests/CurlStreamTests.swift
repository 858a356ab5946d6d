import Curl
import KitTesting
import Platform
import Subprocess
import Testing

@Suite(.enabled(if: TestServers.areThere, "libcurl, python3 or openssl is not installed"), .serialized)
struct CurlStreamTests {
    @Test func `a silent stream does not wait`() throws {
        let servers = try TestServers()
        var stream = try CurlStream(CurlLibrary(), to: servers.url("stream"), servers.settings())
        #expect(try stream.read() == .nothingYet)
        #expect(try stream.write([]) == 0)
    }

    @Test func `bytes come back as they went, and then the end`() throws {
        let servers = try TestServers()
        var stream = try CurlStream(CurlLibrary(), to: servers.url("stream"), servers.settings())
        let sent = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 % 251 + 1) } + [0]
        var rest = sent[...]
        var received: [UInt8] = []
        var isOver = false
        let deadline = MonotonicTime.now() + .seconds(30)
        while !isOver, MonotonicTime.now() < deadline {
            rest = rest.dropFirst(try stream.write(rest))
            switch try stream.read() {
            case .bytes(let bytes): received += bytes
            case .end: isOver = true
            case .nothingYet:
                var poll = EventPoll<Void>()
                poll.watch(stream.descriptor, for: rest.isEmpty ? .readable : [.readable, .writable], as: ())
                _ = try poll.wait(timeout: .seconds(60))
            }
        }
        #expect(isOver)
        #expect(received == sent)
    }

    @Test func `writing to an end that is gone is an error and no signal`() throws {
        let servers = try TestServers()
        var stream = try CurlStream(CurlLibrary(), to: servers.url("stream"), servers.settings())
        _ = try stream.write([0])
        let deadline = MonotonicTime.now() + .seconds(60)
        while try stream.read() != .end, MonotonicTime.now() < deadline {}
        let failure = try #require(throws: CurlError.self) {
            while MonotonicTime.now() < deadline { _ = try stream.write([1, 2, 3]) }
        }
        guard case .broken = failure else {
            Issue.record("\(failure)")
            return
        }
    }

    @Test func `hundreds of streams leave no descriptor behind`() throws {
        let servers = try TestServers()
        func connect() throws {
            var stream = try CurlStream(CurlLibrary(), to: servers.url("stream"), servers.settings())
            _ = try stream.write([1])
        }
        try connect()
        let open = { try Directory.names(in: "/dev/fd").count }
        let grown = try leastGrowth(of: open, below: 100) { for _ in 0..<200 { try connect() } }
        #expect(grown < 100)
    }
}
