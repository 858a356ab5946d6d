/// How the end of a body is known: RFC 9112 §6.
enum BodyFraming: Equatable {
    case sized(Int)
    case chunked

    /// - Throws: for what two readers could take differently (both ways at once, lengths that differ), and
    ///   501 for a coding that is not known.
    init(of head: HTTPRequestHead) throws(HTTPRefusal) {
        let lengths = head.fields.values(of: "content-length")
        guard head.fields.contains("transfer-encoding") else {
            self = .sized(try lengths.isEmpty ? 0 : Self.length(lengths))
            return
        }
        guard lengths.isEmpty, head.minorVersion == 1 else {
            throw HTTPRefusal(400, "the length of the body is said in two ways")
        }
        guard head.fields.words(of: "transfer-encoding") == ["chunked"] else {
            throw HTTPRefusal(501, "the body's transfer coding is not `chunked`")
        }
        self = .chunked
    }

    private static func length(_ values: [String]) throws(HTTPRefusal) -> Int {
        guard values.count == 1, let digits = values.first, !digits.isEmpty,
            digits.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        else { throw HTTPRefusal(400, "the Content-Length is no length") }
        // A number that does not fit is a length all the same, and too large.
        return Int(digits) ?? .max
    }
}
