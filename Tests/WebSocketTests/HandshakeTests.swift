import Testing

@testable import WebSocket

struct HandshakeTests {
    @Test(arguments: [
        ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"), ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
        ),
        (String(repeating: "a", count: 1_000_000), "34aa973cd4c4daa4f61eeb2bdbad27316534016f"),
    ])
    func `SHA-1 is that of FIPS 180`(_ message: String, _ digest: String) {
        let hexadecimal = SHA1.hash(Array(message.utf8)).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        #expect(hexadecimal.joined() == digest)
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"), ("\u{FB}\u{EF}", "w7vDrw=="),
    ])
    func `Base64 is that of RFC 4648`(_ text: String, _ encoded: String) {
        #expect(Base64.text(of: Array(text.utf8)) == encoded)
    }

    @Test func `the answer to a key is that of RFC 6455`() {
        #expect(
            WebSocketHandshake(key: "dGhlIHNhbXBsZSBub25jZQ==").accepted == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    }

    @Test func `what is asked for is asked for in order`() {
        let client = WebSocketClient(
            host: "gateway.example:1", path: "/?v=10", headers: [("User-Agent", "tests")])
        let lines = String(decoding: client.output, as: UTF8.self).split(
            separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.first == "GET /?v=10 HTTP/1.1")
        #expect(lines.contains("Host: gateway.example:1"))
        #expect(lines.contains("User-Agent: tests"))
        #expect(lines.suffix(2) == ["", ""])
        let other = WebSocketClient(host: "gateway.example:1", path: "/?v=10")
        #expect(client.output != other.output, "keys are never the same")
    }

    /// Lines of an answer that are changed, and what is wrong with it then.
    @Test(arguments: [
        ("HTTP/1.1 101", "HTTP/1.1 404 Not Found", WebSocketError.refused(status: 404)),
        ("HTTP/1.1 101", "HTTP/1.1 429 Too Many", .refused(status: 429)),
        ("HTTP/1.1 101", "HTTP/1.1 200 OK", .refused(status: 200)),
        ("HTTP/1.1 101", "HTTP/1.0 101 x", .handshake("its answer is no HTTP/1.1")),
        ("HTTP/1.1 101", "SSH-2.0-x", .handshake("its answer is no HTTP/1.1")),
        ("Upgrade:", "Upgrade: h2c", .handshake("it does not upgrade")),
        ("Upgrade:", "X: y", .handshake("it does not upgrade")),
        ("Connection:", "Connection: close", .handshake("its connection does not upgrade")),
        ("Sec-", "Sec-WebSocket-Accept: AAAA", .handshake("it does not prove to have read the key")),
        ("Sec-", "X: y", .handshake("it does not prove to have read the key")),
    ])
    func `an answer that opens nothing is refused`(_ line: String, _ instead: String, _ error: WebSocketError)
    {
        var peer = Peer()
        let answer = peer.answer().map { $0.hasPrefix(line) ? instead : $0 }
        #expect(peer.client.receive(Peer.bytes(answer)) == [.failed(error)])
        #expect(peer.client.isOver)
        #expect(peer.client.streamEnded() == nil)
    }

    @Test(arguments: ["Sec-WebSocket-Extensions: permessage-deflate", "Sec-WebSocket-Protocol: chat"])
    func `what was not offered cannot be chosen`(_ header: String) {
        var peer = Peer()
        let events = peer.client.receive(Peer.bytes(peer.answer() + [header]))
        #expect(events == [.failed(.handshake("it chose what was not offered"))])
    }

    @Test(arguments: ["\r\n\r\n", "\r\n\r\nHTTP/1.1 101 x\r\n\r\n", " \r\n\r\n"])
    func `an answer of nothing is none`(_ answer: String) {
        var peer = Peer()
        #expect(
            peer.client.receive(Array(answer.utf8)) == [.failed(.handshake("its answer is no HTTP/1.1"))])
    }

    @Test func `an answer without end is given up`() {
        var peer = Peer()
        let flood = "HTTP/1.1 101 x\r\nX: " + String(repeating: "y", count: 20_000)
        #expect(peer.client.receive(Array(flood.utf8)) == [.failed(.handshake("its answer does not end"))])
    }

    @Test func `names and tokens may be in any case, and frames may follow at once`() {
        var peer = Peer()
        let answer = peer.answer().map {
            $0.hasPrefix("Sec-") ? "sec-websocket-ACCEPT:\($0.drop { $0 != " " })" : $0
        }.map { $0 == "Connection: Upgrade" ? "connection:  keep-alive ,  UPGRADE\t" : $0 }
        let bytes = Peer.bytes(answer) + Peer.frame(0x81, Array("hi".utf8))
        #expect(peer.client.receive(bytes) == [.opened, .text("hi")])
    }
}
