/// Takes a body out of what was read, as far as it is there.
struct BodyDecoder {
    private enum Stage {
        case data(Int)
        case chunkSize
        case chunkEnd
        case trailers
        case done
    }

    private(set) var body: [UInt8] = []
    private let isChunked: Bool
    private let limit: Int
    private var stage: Stage
    private var scanned = 0
    /// What the lines between and after chunks have taken.
    private var lineBytes = 0

    /// A chunk's size and its extensions, which are ignored.
    private static let lineLimitBytes = 256
    private static let trailerLimitBytes = 8 << 10
    /// Digits of a size: more than any limit on a body needs.
    private static let sizeDigits = 12

    /// - Throws: 413 for a body that is said to be longer than `limit` bytes.
    init(_ framing: BodyFraming, limit: Int) throws(HTTPRefusal) {
        self.limit = limit
        switch framing {
        case .sized(let length):
            guard length <= limit else { throw Self.tooLarge(limit) }
            isChunked = false
            stage = length == 0 ? .done : .data(length)
        case .chunked:
            isChunked = true
            stage = .chunkSize
        }
    }

    var isDone: Bool {
        if case .done = stage { return true }
        return false
    }

    private static func tooLarge(_ limit: Int) -> HTTPRefusal {
        HTTPRefusal(413, limit == 0 ? "no body is expected here" : "the body is larger than \(limit) bytes")
    }

    /// - Returns: whether the body is complete.
    /// - Throws: 413 as soon as it is too long, 400 for chunks that are none.
    mutating func consume(_ input: inout InputBuffer) throws(HTTPRefusal) -> Bool {
        while true {
            switch stage {
            case .done: return true
            case .data(let left):
                let moved = input.move(atMost: left, to: &body)
                stage = moved < left ? .data(left - moved) : isChunked ? .chunkEnd : .done
                if moved < left { return false }
            case .chunkSize:
                guard let line = try takeLine(&input, limit: Self.lineLimitBytes) else { return false }
                let size = try Self.size(line)
                guard size <= limit - body.count else { throw Self.tooLarge(limit) }
                stage = size == 0 ? .trailers : .data(size)
            case .chunkEnd:
                guard let line = try takeLine(&input, limit: Self.lineLimitBytes) else { return false }
                guard line.isEmpty else { throw Self.broken }
                stage = .chunkSize
            case .trailers:
                guard let line = try takeLine(&input, limit: Self.trailerLimitBytes - lineBytes) else {
                    return false
                }
                lineBytes += line.count
                if line.isEmpty { stage = .done }
            }
        }
    }

    private static let broken = HTTPRefusal(400, "the body is not in chunks as RFC 9112 has them")

    private mutating func takeLine(_ input: inout InputBuffer, limit: Int) throws(HTTPRefusal) -> [UInt8]? {
        if let line = try input.takeLine(limit: limit, scanned: &scanned) { return line }
        guard input.count < limit else { throw Self.broken }
        return nil
    }

    /// `1a2b;name=value`: the extensions mean nothing here (§7.1.1).
    private static func size(_ line: [UInt8]) throws(HTTPRefusal) -> Int {
        let digits = line.prefix {
            $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t")
        }
        guard (1...sizeDigits).contains(digits.count),
            digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let size = Int(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw broken }
        return size
    }
}
