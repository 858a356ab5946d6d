package import OrchCore

/// Addresses below a repository, percent-encoded, so that no label or login can change what is asked.
package struct GitHubPath: Equatable, Sendable, CustomStringConvertible {
    package private(set) var description: String

    /// `repos/OWNER/NAME`, then each of the parts.
    package init(_ repository: RepositorySlug, _ parts: String...) {
        description = "repos/\(repository)"
        for part in parts { description += "/" + Self.encoded(part) }
    }

    /// `users/LOGIN` or `orgs/LOGIN`, then each of the parts.
    package init(_ folder: String, _ login: String, _ parts: String...) {
        description = ([folder, login] + parts).map(Self.encoded).joined(separator: "/")
    }

    /// The path with a query; the order stays, because a different address has a different ETag.
    package func query(_ items: [(name: String, value: String)]) -> String {
        let pairs = items.map { "\($0.name)=\(Self.encoded($0.value))" }
        return description + "?" + pairs.joined(separator: "&")
    }

    /// RFC 3986 §2.3: everything but the unreserved characters, so also `:`, with which `gh` would begin a
    /// placeholder.
    package static func encoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The text that was encoded; what is no encoding stays.
    package static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let hexDigits = Array("0123456789ABCDEF".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }
}
