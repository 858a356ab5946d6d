import CCurl

/// What comes of an answer, as libcurl hands it over piece by piece.
final class CurlAnswer {
    /// Of all header lines together: many times what a server sends.
    static let headerLimitBytes = 256 << 10

    private let limitBytes: Int
    private var headerByteCount = 0
    private(set) var headers: [CurlHeader] = []
    private(set) var body: [UInt8] = []
    private(set) var isOverLimit = false

    init(limitBytes: Int) { self.limitBytes = limitBytes }

    /// Returning less than it was given ends the transfer.
    static let takeBody: ccurl_sink = { bytes, size, count, receiver in
        take(bytes, size * count, receiver) { $0.append($1) }
    }

    static let takeHeader: ccurl_sink = { bytes, size, count, receiver in
        take(bytes, size * count, receiver) { $0.appendHeader($1) }
    }

    private static func take(
        _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ receiver: UnsafeMutableRawPointer?,
        by method: (CurlAnswer, UnsafeRawBufferPointer) -> Bool
    ) -> Int {
        guard let receiver else { return 0 }
        let answer = Unmanaged<CurlAnswer>.fromOpaque(receiver).takeUnretainedValue()
        return method(answer, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
    }

    private func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard body.count + bytes.count <= limitBytes else {
            isOverLimit = true
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    /// One whole line, with its end. A status line begins anew: those before were of a proxy or of a 1xx
    /// answer.
    private func appendHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        headerByteCount += bytes.count
        guard headerByteCount <= Self.headerLimitBytes else {
            isOverLimit = true
            return false
        }
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            headers = []
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].drop(while: \.isWhitespace)
            let end = value.lastIndex { !$0.isWhitespace }
            headers.append(
                CurlHeader(line[..<colon].lowercased(), end.map { String(value[...$0]) } ?? ""))
        }
        return true
    }
}
