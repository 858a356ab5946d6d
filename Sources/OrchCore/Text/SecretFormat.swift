/// A token that is recognised by how it begins: a prefix, then at least so many bytes of an alphabet.
struct SecretFormat: Sendable {
    private let prefix: [UInt8]
    private let shortestTail: Int
    /// Whether letters of the prefix may be in either case.
    private let ignoresCase: Bool

    init(_ prefix: String, tail: Int, ignoresCase: Bool = false) {
        self.prefix = Array(prefix.utf8)
        shortestTail = tail
        self.ignoresCase = ignoresCase
    }

    /// Formats as their issuers document them: GitHub, OpenAI and Anthropic, Slack, AWS,
    /// Google, npm, PyPI, GitLab.
    private static let all: [SecretFormat] = [
        SecretFormat("github_pat_", tail: 22), SecretFormat("ghp_", tail: 20), SecretFormat("gho_", tail: 20),
        SecretFormat("ghu_", tail: 20), SecretFormat("ghs_", tail: 20), SecretFormat("ghr_", tail: 20),
        SecretFormat("sk-", tail: 16), SecretFormat("pk-", tail: 16), SecretFormat("xoxb-", tail: 10),
        SecretFormat("xoxp-", tail: 10), SecretFormat("xoxa-", tail: 10), SecretFormat("xoxs-", tail: 10),
        SecretFormat("xapp-", tail: 10), SecretFormat("AKIA", tail: 16), SecretFormat("ASIA", tail: 16),
        SecretFormat("AIza", tail: 30), SecretFormat("npm_", tail: 30), SecretFormat("pypi-", tail: 30),
        SecretFormat("glpat-", tail: 18), SecretFormat("Bearer ", tail: 8, ignoresCase: true),
        SecretFormat("token=", tail: 8, ignoresCase: true),
    ]

    /// The formats by the bytes that they can begin with: most bytes of a text begin none.
    private static let byFirstByte: [UInt8: [SecretFormat]] = {
        var formats: [UInt8: [SecretFormat]] = [:]
        for format in all {
            formats[format.prefix[0], default: []].append(format)
            if format.ignoresCase { formats[format.prefix[0] ^ 0x20, default: []].append(format) }
        }
        return formats
    }()

    /// Whether a token or a block of a private key may begin with this byte.
    static func mayBegin(with byte: UInt8) -> Bool {
        byte == PrivateKeyBlock.begin[0] || byFirstByte[byte] != nil
    }

    /// The length of the longest token, or block of a private key, that begins at
    /// `position`; nil where none does.
    ///
    /// - Parameter afterSecret: another secret ends just before, so that the byte there is no part of a word.
    static func longest(in bytes: [UInt8], at position: Int, afterSecret: Bool) -> Int? {
        if bytes[position] == PrivateKeyBlock.begin[0] {
            return PrivateKeyBlock.length(in: bytes, at: position)
        }
        guard let formats = byFirstByte[bytes[position]] else { return nil }
        // A letter or digit before it makes it the end of a word (`task-…` holds `sk-…`).
        if position > 0, !afterSecret, bytes[position - 1].isASCIIAlphanumeric { return nil }
        return formats.compactMap { $0.length(in: bytes, at: position) }.max()
    }

    private func hasPrefix(in bytes: [UInt8], at position: Int) -> Bool {
        guard bytes.count - position >= prefix.count else { return false }
        return prefix.enumerated().allSatisfy { offset, expected in
            let found = bytes[position + offset]
            return found == expected
                || ignoresCase && expected.isASCIIAlphanumeric && found == expected ^ 0x20
        }
    }

    private func length(in bytes: [UInt8], at position: Int) -> Int? {
        guard hasPrefix(in: bytes, at: position) else { return nil }
        let tail = bytes[(position + prefix.count)...].prefix(while: Self.isTokenByte).count
        return tail >= shortestTail ? prefix.count + tail : nil
    }

    /// How many bytes at the end are a token's beginning: its prefix, a few more, and then nothing yet.
    static func openLength(of bytes: [UInt8]) -> Int {
        let tail = bytes.reversed().prefix { isTokenByte($0) || $0 == UInt8(ascii: " ") }.count
        let start = bytes.count - min(tail, longestPrefixBytes + longestOpenTailBytes)
        let found = (start..<bytes.count).first { position in
            guard let formats = byFirstByte[bytes[position]] else { return false }
            if position > 0, bytes[position - 1].isASCIIAlphanumeric { return false }
            return formats.contains { $0.isOpen(in: bytes, at: position) }
        }
        return found.map { bytes.count - $0 } ?? 0
    }

    private static let longestPrefixBytes = 16
    /// The longest of `shortestTail`: with more, it is a token already.
    private static let longestOpenTailBytes = 32
    /// With fewer of its bytes nothing is given away.
    private static let shortestOpenTailBytes = 4

    private func isOpen(in bytes: [UInt8], at position: Int) -> Bool {
        guard hasPrefix(in: bytes, at: position) else { return false }
        let tail = bytes[(position + prefix.count)...]
        return tail.count >= Self.shortestOpenTailBytes && tail.allSatisfy(Self.isTokenByte)
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "~"), UInt8(ascii: "+"),
            UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "%"):
            true
        default: byte.isASCIIAlphanumeric
        }
    }
}

extension SecretFormat {
    /// Where a block of a private key begins that has no end yet; nil where there is none.
    static func openKeyBlock(in bytes: [UInt8]) -> Int? { PrivateKeyBlock.openStart(in: bytes) }
}

/// A private key in the text form of RFC 7468: from `-----BEGIN … PRIVATE KEY-----` to its end, or to the
/// text's; a quote, which no key holds, ends the text that a key stands in.
private enum PrivateKeyBlock {
    static let begin = Array("-----BEGIN ".utf8)
    private static let label = Array("PRIVATE KEY-----".utf8)
    private static let end = Array("-----END ".utf8)
    /// `OPENSSH `, `ENCRYPTED `, `RSA ` and the like.
    private static let longestKindBytes = 24

    static func length(in bytes: [UInt8], at position: Int) -> Int? {
        guard bytes[position...].starts(with: begin) else { return nil }
        let kind = position + begin.count
        guard let labelled = first(label, in: bytes, from: kind, to: kind + longestKindBytes) else {
            return nil
        }
        let body = labelled + label.count
        let limit = bytes[body...].firstIndex(of: UInt8(ascii: "\"")) ?? bytes.count
        guard let last = first(end, in: bytes, from: body, to: limit) else { return limit - position }
        let closing = first(label, in: bytes, from: last, to: last + end.count + longestKindBytes)
        return min(closing.map { $0 + label.count } ?? limit, limit) - position
    }

    static func openStart(in bytes: [UInt8]) -> Int? {
        let start = bytes.indices.last { position in
            bytes[position] == begin[0] && bytes[position...].starts(with: begin)
        }
        guard let start, let length = length(in: bytes, at: start), start + length == bytes.count,
            first(end, in: bytes, from: start + begin.count, to: bytes.count) == nil
        else { return nil }
        return start
    }

    private static func first(_ pattern: [UInt8], in bytes: [UInt8], from start: Int, to end: Int) -> Int? {
        (start..<max(start, min(end, bytes.count))).first { bytes[$0...].starts(with: pattern) }
    }
}
