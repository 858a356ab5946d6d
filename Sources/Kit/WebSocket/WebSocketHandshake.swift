/// The opening of a connection: RFC 6455 §4.
struct WebSocketHandshake {
    /// What a server's answer may have before its connection speaks frames.
    private static let answerLimitBytes = 16 << 10
    private static let end = Array("\r\n\r\n".utf8)

    let key: String

    init(key: String) { self.key = key }

    init(using random: inout some RandomNumberGenerator) {
        key = Base64.text(of: (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    }

    /// - Precondition: none of them holds a line break.
    func request(host: String, path: String, headers: [(name: String, value: String)]) -> [UInt8] {
        let lines =
            [
                "GET \(path) HTTP/1.1", "Host: \(host)", "Upgrade: websocket", "Connection: Upgrade",
                "Sec-WebSocket-Key: \(key)", "Sec-WebSocket-Version: 13",
            ] + headers.map { "\($0.name): \($0.value)" }
        precondition(
            lines.allSatisfy { !$0.utf8.contains(where: { $0 < 0x20 }) }, "a header would be two")
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// What a server has to answer to `key`: §4.2.2.
    var accepted: String {
        Base64.text(of: SHA1.hash(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
    }

    /// Judges the server's answer.
    ///
    /// - Returns: nil while it is not whole; else the number of its bytes, behind which frames begin.
    func read(_ bytes: ArraySlice<UInt8>) throws(WebSocketError) -> Int? {
        guard let end = bytes.firstRange(ofBytes: Self.end) else {
            guard bytes.count <= Self.answerLimitBytes else { throw .handshake("its answer does not end") }
            return nil
        }
        let count = end - bytes.startIndex
        guard count <= Self.answerLimitBytes else { throw .handshake("its answer is too long") }
        let lines = String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: "\r\n")
        // An answer may be nothing but its end.
        let status = lines.first?.split(separator: " ", maxSplits: 2) ?? []
        guard status.count >= 2, status[0] == "HTTP/1.1", let code = Int(status[1]) else {
            throw .handshake("its answer is no HTTP/1.1")
        }
        guard code == 101 else { throw .refused(status: code) }
        try check(lines.dropFirst())
        return count + Self.end.count
    }

    private func check(_ lines: ArraySlice<Substring>) throws(WebSocketError) {
        func values(of name: String) -> [String] {
            lines.filter { $0.prefix { $0 != ":" }.lowercased() == name }.map { line in
                String(line.drop { $0 != ":" }.dropFirst()).trimmed
            }
        }
        guard values(of: "upgrade").contains(where: { $0.lowercased() == "websocket" }) else {
            throw .handshake("it does not upgrade")
        }
        let tokens = values(of: "connection").flatMap { $0.split(separator: ",") }
        guard tokens.contains(where: { String($0).trimmed.lowercased() == "upgrade" }) else {
            throw .handshake("its connection does not upgrade")
        }
        guard values(of: "sec-websocket-accept") == [accepted] else {
            throw .handshake("it does not prove to have read the key")
        }
        guard values(of: "sec-websocket-extensions").isEmpty, values(of: "sec-websocket-protocol").isEmpty
        else {
            throw .handshake("it chose what was not offered")
        }
    }
}

extension ArraySlice<UInt8> {
    /// Where the pattern stands first.
    fileprivate func firstRange(ofBytes pattern: [UInt8]) -> Int? {
        guard count >= pattern.count else { return nil }
        return (startIndex...(endIndex - pattern.count)).first {
            self[$0..<($0 + pattern.count)].elementsEqual(pattern)
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        let start = drop { $0 == " " || $0 == "\t" }
        guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return String(start[...end])
    }
}
