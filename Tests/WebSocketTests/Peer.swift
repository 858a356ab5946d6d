@testable import WebSocket

/// A server's side, by hand: so that it can do what no server should.
struct Peer {
    var client = WebSocketClient(host: "example.com", path: "/")

    /// The lines of a right answer to the client's request.
    func answer() -> [String] {
        let lines = String(decoding: client.output, as: UTF8.self).split(separator: "\r\n")
        let key = lines.first { $0.hasPrefix("Sec-WebSocket-Key: ") }.map { $0.dropFirst(19) } ?? ""
        return [
            "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Accept: \(WebSocketHandshake(key: String(key)).accepted)",
        ]
    }

    static func bytes(_ answer: [String]) -> [UInt8] {
        Array((answer.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// A connection that is open and has nothing left to send.
    static func open(limits: WebSocketClient.Limits = WebSocketClient.Limits()) -> WebSocketClient {
        var peer = Peer(client: WebSocketClient(host: "example.com", path: "/", limits: limits))
        precondition(peer.client.receive(bytes(peer.answer())) == [.opened])
        peer.client.consumeOutput(peer.client.output.count)
        return peer.client
    }

    /// A frame as a server sends it. `first` holds the flags and the opcode.
    static func frame(_ first: UInt8, _ payload: [UInt8]) -> [UInt8] {
        let length: [UInt8] =
            switch payload.count {
            case ...125: [UInt8(payload.count)]
            case ...0xFFFF: [126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
            default: [127] + (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
            }
        return [first] + length + payload
    }

    static func close(_ code: UInt16, _ reason: String = "") -> [UInt8] {
        frame(0x88, [UInt8(code >> 8), UInt8(code & 0xFF)] + Array(reason.utf8))
    }
}

extension WebSocketClient {
    /// What it has to send, unmasked, and nothing is left.
    mutating func sent() -> [(first: UInt8, payload: [UInt8])] {
        var frames: [(UInt8, [UInt8])] = []
        var rest = output[...]
        while let first = rest.popFirst(), let second = rest.popFirst() {
            precondition(second & 0x80 != 0, "a client masks")
            var count = Int(second & 0x7F)
            let extended = count == 126 ? 2 : count == 127 ? 8 : 0
            if extended > 0 {
                count = rest.prefix(extended).reduce(0) { $0 << 8 | Int($1) }
                rest = rest.dropFirst(extended)
            }
            let mask = Array(rest.prefix(4))
            rest = rest.dropFirst(4)
            frames.append((first, rest.prefix(count).enumerated().map { $1 ^ mask[$0 % 4] }))
            rest = rest.dropFirst(count)
        }
        consumeOutput(output.count)
        return frames
    }
}
