/// SHA-256: FIPS 180-4 §6.2.
package struct SHA256: Sendable {
    package static let digestByteCount = 32
    static let blockByteCount = 64

    private var state = SHA256State()
    /// What does not fill a block yet.
    private var pending: [UInt8] = []
    private var byteCount: UInt64 = 0

    package init() { pending.reserveCapacity(Self.blockByteCount) }

    /// The digest of all the bytes, 32 bytes long.
    package static func hash(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finalize()
    }

    /// Takes the next bytes of the message.
    package mutating func update(_ bytes: some Collection<UInt8>) {
        let isDone: Void? = bytes.withContiguousStorageIfAvailable { update($0) }
        if isDone == nil { Array(bytes).withUnsafeBufferPointer { update($0) } }
    }

    private mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
        byteCount += UInt64(bytes.count)
        var rest = bytes[...]
        if !pending.isEmpty {
            let missing = rest.prefix(Self.blockByteCount - pending.count)
            pending.append(contentsOf: missing)
            rest = rest.dropFirst(missing.count)
            guard pending.count == Self.blockByteCount else { return }
            pending.withUnsafeBufferPointer { state.compress($0) }
            pending.removeAll(keepingCapacity: true)
        }
        while rest.count >= Self.blockByteCount {
            state.compress(UnsafeBufferPointer(rebasing: rest.prefix(Self.blockByteCount)))
            rest = rest.dropFirst(Self.blockByteCount)
        }
        pending.append(contentsOf: rest)
    }

    /// The digest of the bytes so far, 32 bytes long. The message may go on afterwards.
    package func finalize() -> [UInt8] {
        var last = self
        last.update(padding)
        return last.state.bytes
    }

    /// A one bit, zeros up to eight bytes before the end of a block, and the length in bits: §5.1.1.
    private var padding: [UInt8] {
        let zeroCount = (2 * Self.blockByteCount - 9 - pending.count) % Self.blockByteCount
        let bitCount = byteCount &* 8
        return [0x80] + Array(repeating: 0, count: zeroCount)
            + (0..<8).map { UInt8(truncatingIfNeeded: bitCount >> (56 - 8 * $0)) }
    }
}
