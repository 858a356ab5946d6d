/// An answer as it goes over the wire: RFC 9112 §4 to §7.
enum ResponseText {
    /// How the end of the body is told.
    enum Framing { case sized, chunked, closing }

    static let goOn = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
    static let lastChunk = Array("0\r\n\r\n".utf8)

    static func head(_ response: HTTPResponse, _ framing: Framing, isLast: Bool, date: String) -> [UInt8] {
        var text =
            "HTTP/1.1 \(response.status) \(HTTPResponse.reason(of: response.status))\r\nDate: \(date)\r\n"
        for (name, value) in response.fields.lines { text += "\(name): \(inOneLine(value))\r\n" }
        switch framing {
        case .sized where response.forbidsBody: break
        case .sized: text += "Content-Length: \(response.body.count)\r\n"
        case .chunked: text += "Transfer-Encoding: chunked\r\n"
        case .closing: break
        }
        if isLast { text += "Connection: close\r\n" }
        return Array((text + "\r\n").utf8)
    }

    static func chunk(_ bytes: [UInt8]) -> [UInt8] {
        Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [
            UInt8(ascii: "\r"), UInt8(ascii: "\n"),
        ]
    }

    /// A line break in a value would begin a field of somebody else's choice.
    private static func inOneLine(_ value: String) -> String {
        guard value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return value }
        return String(
            String.UnicodeScalarView(
                value.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }
}
