/// The message that is coming in, put together of its fragments: RFC 6455 §5.4.
struct WebSocketMessage: Sendable {
    private var kind: WebSocketFrame.Kind?
    private var bytes: [UInt8] = []

    /// Whether a frame may come now, before its payload is waited for.
    func check(_ frame: WebSocketFrame, limitBytes: Int) throws(WebSocketError) {
        if frame.kind.isControl { return }
        guard (frame.kind == .continuation) == (kind != nil) else {
            throw .protocolViolation(
                kind == nil ? "a message begins in its middle" : "a message begins within another")
        }
        guard frame.payloadCount <= limitBytes - bytes.count else { throw .tooLarge(limitBytes: limitBytes) }
    }

    /// - Returns: the message, once it is whole. A text is judged then, not while it comes.
    mutating func append(
        _ frame: WebSocketFrame, _ payload: ArraySlice<UInt8>
    ) throws(WebSocketError) -> WebSocketClient.Event? {
        let kind = kind ?? frame.kind
        bytes += payload
        guard frame.isFinal else {
            self.kind = kind
            return nil
        }
        let whole = bytes
        self = WebSocketMessage()
        guard kind == .text else { return .binary(whole) }
        guard let text = String(validating: whole, as: UTF8.self) else { throw .invalidText }
        return .text(text)
    }
}
