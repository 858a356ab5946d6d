/// Reads the head of a request, a line at a time: RFC 9112 §3 and §5.
///
/// It is strict where leniency lets two readers of one request see two different ones: that is how requests
/// are smuggled past a proxy.
struct HeadParser {
    private let limits: HTTPLimits
    private let transport: HTTPRequestHead.Transport
    private var requestLine: (method: String, target: HTTPTarget, minorVersion: Int)?
    private var fields = HTTPFields()
    private var usedBytes = 0
    private var emptyLines = 0
    private var scanned = 0

    init(_ limits: HTTPLimits, _ transport: HTTPRequestHead.Transport) {
        self.limits = limits
        self.transport = transport
    }

    /// Whether anything of a head was seen.
    var hasBegun: Bool { usedBytes > 0 }

    /// The head, once all of it is there; nil before.
    mutating func parse(_ input: inout InputBuffer) throws(HTTPRefusal) -> HTTPRequestHead? {
        while true {
            let room = limits.headBytes - usedBytes
            guard let line = try input.takeLine(limit: room, scanned: &scanned) else {
                guard input.count < room else { throw tooLong }
                return nil
            }
            usedBytes += line.count + 2
            if line.isEmpty {
                if let head = try endOfHead() { return head }
            } else if requestLine == nil {
                requestLine = try Self.requestLine(line)
            } else {
                try addField(line)
            }
        }
    }

    private var tooLong: HTTPRefusal {
        requestLine == nil
            ? HTTPRefusal(414, "the request line is longer than \(limits.headBytes) bytes")
            : HTTPRefusal(431, "the head of the request is longer than \(limits.headBytes) bytes")
    }

    /// Clients that send an empty line after a body are put up with (§2.2), within reason.
    private mutating func endOfHead() throws(HTTPRefusal) -> HTTPRequestHead? {
        guard let (method, target, minorVersion) = requestLine else {
            emptyLines += 1
            guard emptyLines <= 2 else { throw HTTPRefusal(400, "there is no request line") }
            return nil
        }
        let hosts = fields.values(of: "host")
        // RFC 9112 §3.2.
        guard hosts.count == 1 || hosts.isEmpty && minorVersion == 0 else {
            throw HTTPRefusal(
                400, hosts.isEmpty ? "there is no Host field" : "there is more than one Host field")
        }
        // Who goes by the one and who goes by the other would not see the same request.
        if let named = target.authority, named.lowercased() != hosts.first?.lowercased() {
            throw HTTPRefusal(400, "the target of the request names another host than its Host field")
        }
        return HTTPRequestHead(
            method: method, target: target, fields: fields, transport: transport, minorVersion: minorVersion)
    }

    // MARK: - Lines

    private static func requestLine(
        _ line: [UInt8]
    ) throws(HTTPRefusal) -> (method: String, target: HTTPTarget, minorVersion: Int) {
        let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(isToken), !parts[1].isEmpty,
            parts[1].allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw HTTPRefusal(400, "the request line is not one of HTTP") }
        let minorVersion: Int
        switch String(decoding: parts[2], as: UTF8.self) {
        case "HTTP/1.1": minorVersion = 1
        case "HTTP/1.0": minorVersion = 0
        case let version where version.hasPrefix("HTTP/"):
            throw HTTPRefusal(505, "this server speaks HTTP/1.1")
        default: throw HTTPRefusal(400, "the request line is not one of HTTP")
        }
        let method = String(decoding: parts[0], as: UTF8.self)
        let target = String(decoding: parts[1], as: UTF8.self)
        return (method, try HTTPTarget(target), minorVersion)
    }

    private mutating func addField(_ line: [UInt8]) throws(HTTPRefusal) {
        guard fields.lines.count < limits.fieldCount else {
            throw HTTPRefusal(431, "the request has more than \(limits.fieldCount) fields")
        }
        // A line that begins with space was once the last one's continuation; none may be sent today (§5.2).
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0,
            line[..<colon].allSatisfy(Self.isToken)
        else { throw HTTPRefusal(400, "a field of the request has no proper name") }
        let value = Self.trimmed(line[(colon + 1)...])
        guard value.allSatisfy(Self.isFieldByte) else {
            throw HTTPRefusal(400, "a field of the request holds a control character")
        }
        fields.add(
            String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = bytes.drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private static func isFieldByte(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F || byte == 0x09 }

    /// RFC 9110 §5.6.2.
    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
