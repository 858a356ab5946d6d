/// A message authentication code from SHA-256: RFC 2104 with FIPS 180-4.
package struct HMACSHA256: Sendable {
    private var inner = SHA256()
    private var outer = SHA256()

    /// - Parameter key: of any length; one longer than 64 bytes stands for its digest.
    package init(key: some Collection<UInt8>) {
        var block = key.count > SHA256.blockByteCount ? SHA256.hash(key) : Array(key)
        block += Array(repeating: 0, count: SHA256.blockByteCount - block.count)
        inner.update(block.map { $0 ^ 0x36 })
        outer.update(block.map { $0 ^ 0x5C })
    }

    /// The code of all the bytes, 32 bytes long.
    package static func code(of bytes: some Collection<UInt8>, key: some Collection<UInt8>) -> [UInt8] {
        var code = HMACSHA256(key: key)
        code.update(bytes)
        return code.finalize()
    }

    /// Whether `code` is the code of these bytes, in a time that does not tell how much of it is right.
    package static func isValid(
        _ code: some Collection<UInt8>, for bytes: some Collection<UInt8>, key: some Collection<UInt8>
    ) -> Bool {
        isEqualInConstantTime(code, Self.code(of: bytes, key: key))
    }

    /// Takes the next bytes of the message.
    package mutating func update(_ bytes: some Collection<UInt8>) { inner.update(bytes) }

    /// The code of the bytes so far, 32 bytes long. The message may go on afterwards.
    package func finalize() -> [UInt8] {
        var outer = outer
        outer.update(inner.finalize())
        return outer.finalize()
    }
}

/// Whether two secrets are equal, in a time that depends on nothing but their lengths.
package func isEqualInConstantTime(_ one: some Collection<UInt8>, _ other: some Collection<UInt8>) -> Bool {
    guard one.count == other.count else { return false }
    return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}
