/// SHA-1: FIPS 180-4 §6.1. It is broken, and serves here for nothing but the handshake of RFC 6455 §4.2.2,
/// which wants it and does not lean on it.
enum SHA1 {
    private static let blockByteCount = 64

    /// The digest of all the bytes, 20 bytes long.
    static func hash(_ message: [UInt8]) -> [UInt8] {
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
        // A one bit, zeros up to eight bytes before the end of a block, and the length in bits: §5.1.1.
        let bitCount = UInt64(message.count) * 8
        var padded = message + [0x80]
        while padded.count % blockByteCount != blockByteCount - 8 { padded.append(0) }
        padded += (0..<8).map { UInt8(truncatingIfNeeded: bitCount >> (56 - 8 * $0)) }
        for start in stride(from: 0, to: padded.count, by: blockByteCount) {
            compress(padded[start..<(start + blockByteCount)], into: &state)
        }
        return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }
    }

    private static func compress(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
        var schedule = [UInt32](repeating: 0, count: 80)
        for (place, byte) in block.enumerated() {
            schedule[place / 4] = schedule[place / 4] << 8 | UInt32(byte)
        }
        for place in 16..<80 {
            let mixed =
                schedule[place - 3] ^ schedule[place - 8] ^ schedule[place - 14] ^ schedule[place - 16]
            schedule[place] = rotated(mixed, by: 1)
        }
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for place in 0..<80 {
            let (function, constant): (UInt32, UInt32) =
                switch place {
                case 0..<20: (b & c | ~b & d, 0x5A82_7999)
                case 20..<40: (b ^ c ^ d, 0x6ED9_EBA1)
                case 40..<60: (b & c | b & d | c & d, 0x8F1B_BCDC)
                default: (b ^ c ^ d, 0xCA62_C1D6)
                }
            let next = rotated(a, by: 5) &+ function &+ e &+ constant &+ schedule[place]
            (a, b, c, d, e) = (next, a, rotated(b, by: 30), c, d)
        }
        for (place, word) in [a, b, c, d, e].enumerated() { state[place] &+= word }
    }

    private static func rotated(_ word: UInt32, by count: UInt32) -> UInt32 {
        word << count | word >> (32 - count)
    }
}
