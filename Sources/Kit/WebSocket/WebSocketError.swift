/// Why a connection is no good.
package enum WebSocketError: Error, Equatable, Sendable {
    /// The server did not switch protocols: it answered with this status.
    case refused(status: Int)
    /// The answer to the handshake is none of RFC 6455.
    case handshake(String)
    /// The server broke the protocol.
    case protocolViolation(String)
    /// A text, or the reason of a close, is not UTF-8.
    case invalidText
    /// A message is longer than the limit.
    case tooLarge(limitBytes: Int)
    /// The stream ended, or broke, without a close.
    case cutOff
    /// More waits to be sent than the limit.
    case backlog(limitBytes: Int)
    /// Nothing can be sent: it is not open yet, or not any more.
    case notOpen

    /// What went wrong, with the values.
    package var problem: String {
        switch self {
        case .refused(let status): "the server answers \(status) instead of opening a WebSocket"
        case .handshake(let what): "the server opens no WebSocket: \(what)"
        case .protocolViolation(let what): "the server breaks the WebSocket protocol: \(what)"
        case .invalidText: "the server sends a text that is not UTF-8"
        case .tooLarge(let limit): "the server sends a message of more than \(limit) bytes"
        case .cutOff: "the connection was cut off"
        case .backlog(let limit): "more than \(limit) bytes wait to be sent"
        case .notOpen: "the WebSocket is not open"
        }
    }

    /// What a person can do next.
    package var fix: String {
        switch self {
        case .refused, .handshake, .protocolViolation, .invalidText:
            "check the address, and what stands between"
        case .tooLarge: "ask the server for less"
        case .cutOff, .backlog, .notOpen: "connect anew"
        }
    }

    /// What the server is told: RFC 6455 §7.4.1.
    var closeCode: UInt16? {
        switch self {
        case .protocolViolation: 1002
        case .invalidText: 1007
        case .tooLarge: 1009
        case .refused, .handshake, .cutOff, .backlog, .notOpen: nil
        }
    }
}
