/// The beginning of a frame: RFC 6455 §5.2.
struct WebSocketFrame: Equatable {
    enum Kind: UInt8 {
        case continuation = 0x0
        case text = 0x1
        case binary = 0x2
        case close = 0x8
        case ping = 0x9
        case pong = 0xA

        var isControl: Bool { rawValue >= 0x8 }
    }

    /// What a control frame may carry: §5.5.
    static let controlLimitBytes = 125

    var kind: Kind
    var isFinal: Bool
    var payloadCount: Int

    /// Reads what a server has sent.
    ///
    /// - Returns: nil when `bytes` do not hold it whole yet; else the frame's beginning and its own length.
    /// - Throws: `protocolViolation` for what a server must not send to who has agreed to no extension.
    static func read(_ bytes: ArraySlice<UInt8>) throws(WebSocketError) -> (WebSocketFrame, headerCount: Int)?
    {
        guard bytes.count >= 2 else { return nil }
        let first = bytes[bytes.startIndex]
        let second = bytes[bytes.startIndex + 1]
        guard first & 0x70 == 0 else { throw .protocolViolation("a reserved bit is set") }
        guard let kind = Kind(rawValue: first & 0x0F) else {
            throw .protocolViolation("opcode \(first & 0x0F) is reserved")
        }
        guard second & 0x80 == 0 else { throw .protocolViolation("a frame is masked") }
        let isFinal = first & 0x80 != 0
        let short = Int(second & 0x7F)
        if kind.isControl {
            guard isFinal else { throw .protocolViolation("a control frame is fragmented") }
            guard short <= controlLimitBytes else { throw .protocolViolation("a control frame is too long") }
        }
        let extended = short == 126 ? 2 : short == 127 ? 8 : 0
        guard bytes.count >= 2 + extended else { return nil }
        var count = UInt64(short)
        if extended > 0 {
            count = bytes.dropFirst(2).prefix(extended).reduce(0) { $0 << 8 | UInt64($1) }
            guard count > (extended == 2 ? 125 : 0xFFFF) else {
                throw .protocolViolation("a length is not written as short as it could be")
            }
        }
        guard let payloadCount = Int(exactly: count) else { throw .protocolViolation("a length is negative") }
        return (WebSocketFrame(kind: kind, isFinal: isFinal, payloadCount: payloadCount), 2 + extended)
    }

    /// The whole frame as a client sends it: masked, §5.3.
    static func masked(_ kind: Kind, _ payload: [UInt8], key: UInt32) -> [UInt8] {
        var bytes: [UInt8] = [0x80 | kind.rawValue]
        bytes.reserveCapacity(payload.count + 14)
        switch payload.count {
        case ...125: bytes.append(0x80 | UInt8(payload.count))
        case ...0xFFFF:
            bytes.append(0x80 | 126)
            bytes += (0..<2).map { UInt8(truncatingIfNeeded: payload.count >> (8 - 8 * $0)) }
        default:
            bytes.append(0x80 | 127)
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
        }
        let mask = (0..<4).map { UInt8(truncatingIfNeeded: key >> (24 - 8 * $0)) }
        bytes += mask
        for (place, byte) in payload.enumerated() { bytes.append(byte ^ mask[place & 3]) }
        return bytes
    }

    /// Whether a close may carry the code: §7.4, with those that were registered since.
    static func isCloseCode(_ code: UInt16) -> Bool {
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
