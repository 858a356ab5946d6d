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

/// Python's `websockets` at the other end, which judges what it is sent and reports how each connection
/// ended.
@Suite(.enabled(if: PythonServer.isThere, "libcurl or python3-websockets is not installed"), .serialized)
struct ServerTests {
    @Test func `messages come back as they went`() throws {
        var server = try PythonServer()
        var connection = try server.connect("/echo")
        let texts = ["", "é€👩‍👩‍👧", String(repeating: "x", count: 125), String(repeating: "y", count: 70_000)]
        for text in texts {
            try connection.client.send(text: text)
            #expect(try connection.next() == .text(text))
        }
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
        try connection.client.send(binary: bytes)
        #expect(try connection.next() == .binary(bytes))
        connection.client.close(code: 4321, reason: "done")
        #expect(try connection.next() == .closed(code: 4321, reason: "done"))
        #expect(try server.report() == ["/echo", 4321, "done"])
    }

    @Test func `a message in pieces with pings between is one`() throws {
        let server = try PythonServer()
        var connection = try server.connect("/pieces")
        #expect(try connection.next() == .text("one two three"))
        // Sent once the ping between the pieces was answered.
        #expect(try connection.next() == .text("ponged"))
    }

    @Test func `our pings are answered`() throws {
        let server = try PythonServer()
        var connection = try server.connect("/echo")
        try connection.client.ping([1, 2, 3])
        #expect(try connection.next() == .pong([1, 2, 3]))
    }

    @Test func `the server's close has its code and reason`() throws {
        var server = try PythonServer()
        var connection = try server.connect("/close/4004/Authentication%20failed")
        #expect(try connection.next() == .closed(code: 4004, reason: "Authentication failed"))
        #expect(try connection.next() == nil)
        #expect(try server.report()[1] == 4004)
    }

    @Test func `a connection that is cut is told from one that is closed`() throws {
        let server = try PythonServer()
        var connection = try server.connect("/cut")
        #expect(try connection.next() == .failed(.cutOff))
    }

    @Test func `a refusal has its status`() throws {
        let server = try PythonServer()
        let failure = #expect(throws: WebSocketError.self) { _ = try server.connect("/refuse") }
        #expect(failure == .refused(status: 403))
    }

    @Test func `it works over TLS`() throws {
        let server = try PythonServer(isSecure: true)
        var connection = try server.connect("/echo")
        let text = String(repeating: "z", count: 200_000)
        try connection.client.send(text: text)
        #expect(try connection.next() == .text(text))
        connection.client.close(code: 1000)
        #expect(try connection.next() == .closed(code: 1000, reason: ""))
    }
}
