import CCurl

/// A TLS connection as a stream of bytes, for protocols that libcurl does not speak.
///
/// Reads and writes never wait; `descriptor` is what to wait for. For one thread. It is closed when the value
/// goes.
package struct CurlStream: ~Copyable {
    /// What one read found.
    package enum Chunk: Equatable, Sendable {
        case bytes([UInt8])
        /// The other end is silent, and may still say something.
        case nothingYet
        /// Nothing will come any more.
        case end
    }

    /// What one read takes at most: a TLS record.
    private static let chunkBytes = 16 << 10

    private let transfer: CurlTransfer
    private let target: CurlTarget
    private let socket: Int32

    /// Connects to the host of `url`, through the environment's proxy if there is one, and waits for it.
    ///
    /// - Parameter url: `https://HOST[:PORT]`; `http://…` where the settings allow it. Nothing is sent.
    package init(
        _ library: CurlLibrary, to url: String, _ settings: CurlSettings,
        cancellation: CurlCancellation = CurlCancellation()
    ) throws(CurlError) {
        let transfer = try CurlTransfer(library)
        let target = try transfer.prepare(url, settings, timeout: settings.connectTimeout)
        try transfer.set(CCURLOPT_CONNECT_ONLY, 1)
        try transfer.set(CCURLOPT_HTTPPROXYTUNNEL, 1)
        let code = try transfer.run(cancellation)
        guard code == CurlCode.ok else {
            throw CurlCode.error(code, target, reason: transfer.reason(for: code))
        }
        var socket: Int32 = -1
        guard ccurl_get_socket(transfer.functions.getInfo, transfer.easy, &socket) == CurlCode.ok, socket >= 0
        else { throw .broken(host: target.host, reason: "it is closed at once") }
        (self.transfer, self.target, self.socket) = (transfer, target, socket)
    }

    /// For poll(2) and its kin. It may stay silent while bytes are there, as TLS decrypts more than it is
    /// asked for: read until `nothingYet` before waiting.
    package var descriptor: Int32 { socket }

    /// Reads what is there, at most 16 kB, without waiting.
    package mutating func read() throws(CurlError) -> Chunk {
        var code = CurlCode.ok
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.chunkBytes) { buffer, count in
            // A read may write as well, by the handshake's messages.
            code = PipeSignal.held {
                transfer.functions.easyReceive(transfer.easy, buffer.baseAddress, buffer.count, &count)
            }
            if code != CurlCode.ok { count = 0 }
        }
        if code == CurlCode.again { return .nothingYet }
        guard code == CurlCode.ok else { throw failure(code) }
        return bytes.isEmpty ? .end : .bytes(bytes)
    }

    /// Writes what the connection takes without waiting.
    ///
    /// - Returns: the number of bytes written, 0 when it takes none now. The same bytes have to be offered
    ///   again then: TLS may have encrypted them already.
    package mutating func write(_ bytes: ArraySlice<UInt8>) throws(CurlError) -> Int {
        guard !bytes.isEmpty else { return 0 }
        var count = 0
        let code = PipeSignal.held {
            bytes.withUnsafeBytes {
                transfer.functions.easySend(transfer.easy, $0.baseAddress, $0.count, &count)
            }
        }
        if code == CurlCode.again { return 0 }
        guard code == CurlCode.ok else { throw failure(code) }
        return count
    }

    private func failure(_ code: Int32) -> CurlError {
        .broken(host: target.host, reason: transfer.reason(for: code))
    }
}
