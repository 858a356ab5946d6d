/// What a request is about: the path and the query of its target, RFC 9112 §3.2.
package struct HTTPTarget: Equatable, Sendable {
    /// As it was sent; what follows a host in one that names it.
    package let raw: String
    /// The parts of the path between slashes, each decoded: none for `/`. One may be empty, or hold a slash
    /// that was sent as `%2F`.
    package let segments: [String]
    /// The host, and the port where there is one, of a target that names it.
    let authority: String?
    private let query: [Pair]

    private struct Pair: Equatable, Sendable {
        let name: String
        let value: String
    }

    /// - Throws: 400 for what is no path, or has `.` or `..` as a part, however they are written: nothing
    ///   here is a folder, so that they only come from somebody who looks for one.
    package init(_ text: String) throws(HTTPRefusal) {
        let (raw, authority) = try Self.originForm(text)
        self.raw = raw
        self.authority = authority
        let parts = raw.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].dropFirst()
        var segments: [String] = []
        if !path.isEmpty {
            for part in path.split(separator: "/", omittingEmptySubsequences: false) {
                let segment = try Self.decoded(part)
                guard segment != ".", segment != ".." else {
                    throw HTTPRefusal(400, "the path has `\(segment)` in it")
                }
                segments.append(segment)
            }
        }
        self.segments = segments
        query = try Self.pairs(parts.count > 1 ? parts[1] : "")
    }

    /// The first value of that name in the query; empty for a name alone, nil where there is none.
    package func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// An absolute target must be understood (§3.2.2).
    private static func originForm(
        _ text: String
    ) throws(HTTPRefusal) -> (path: String, authority: String?) {
        if text.hasPrefix("/") { return (text, nil) }
        for scheme in ["http://", "https://"] where text.lowercased().hasPrefix(scheme) {
            let rest = text.dropFirst(scheme.count)
            let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
            let path = rest[end...]
            return (path.hasPrefix("/") ? String(path) : "/" + path, String(rest[..<end]))
        }
        throw HTTPRefusal(400, "the target of the request is no path")
    }

    private static func pairs(_ query: Substring) throws(HTTPRefusal) -> [Pair] {
        var pairs: [Pair] = []
        for part in query.split(separator: "&") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = sides.count > 1 ? try decoded(sides[1], plusIsSpace: true) : ""
            pairs.append(Pair(name: try decoded(sides[0], plusIsSpace: true), value: value))
        }
        return pairs
    }

    /// `%XX` replaced by the byte that it stands for.
    private static func decoded(_ text: Substring, plusIsSpace: Bool = false) throws(HTTPRefusal) -> String {
        let bytes = text.utf8
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var place = bytes.startIndex
        while place < bytes.endIndex {
            var byte = bytes[place]
            place = bytes.index(after: place)
            if byte == UInt8(ascii: "%") {
                let digits = bytes[place...].prefix(2)
                guard digits.count == 2, let value = hexadecimal(digits) else { throw undecodable }
                byte = value
                place = bytes.index(place, offsetBy: 2)
            } else if plusIsSpace, byte == UInt8(ascii: "+") {
                byte = UInt8(ascii: " ")
            }
            decoded.append(byte)
        }
        guard !decoded.contains(0), let text = String(validating: decoded, as: UTF8.self) else {
            throw undecodable
        }
        return text
    }

    private static let undecodable = HTTPRefusal(400, "the target of the request cannot be decoded")

    private static func hexadecimal(_ digits: some Collection<UInt8>) -> UInt8? {
        var value: UInt8 = 0
        for digit in digits {
            guard let number = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
            value = value << 4 | UInt8(number)
        }
        return value
    }
}
