/// The address of a request, as far as errors and the choice of what is allowed go; libcurl reads it itself.
struct CurlAddress {
    let host: String

    /// - Throws: `malformed` for what is neither `https://HOST…` nor, if allowed, `http://HOST…`.
    init(_ url: String, allowsPlainHTTP: Bool) throws(CurlError) {
        let lower = url.lowercased()
        let scheme = ["https://"] + (allowsPlainHTTP ? ["http://"] : [])
        guard let prefix = scheme.first(where: lower.hasPrefix) else {
            throw .malformed("an address has to begin with \(scheme.joined(separator: " or "))")
        }
        let rest = url.dropFirst(prefix.count)
        // Without a login before an @, which an error must not show.
        let authority = rest.prefix { !"/?#".contains($0) }.split(separator: "@").last ?? ""
        host = String(authority)
        guard !host.isEmpty else { throw .malformed("the address names no host") }
        guard Self.isOneWord(url) else {
            throw .malformed("the address of \(host) holds a space or a control character")
        }
    }

    private static func isOneWord(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }

    /// The line of each header as libcurl takes it.
    ///
    /// - Throws: `malformed` for a name that is no token (RFC 9110 §5.1) and for a value with a line break or
    ///   another control character, which would make a header of its own.
    static func lines(of headers: [CurlHeader]) throws(CurlError) -> [String] {
        var lines: [String] = []
        for header in headers {
            guard !header.name.isEmpty, header.name.utf8.allSatisfy(isTokenByte) else {
                throw .malformed("a header has a name that is none")
            }
            guard header.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw .malformed("the header \(header.name) holds a control character")
            }
            // With nothing behind the colon libcurl would send none.
            lines.append(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
        }
        return lines
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
