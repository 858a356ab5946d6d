/// Bytes that have been read from a connection and not been used.
struct InputBuffer {
    private var bytes: [UInt8] = []
    private var start = 0

    var count: Int { bytes.count - start }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ new: UnsafeRawBufferPointer) { bytes.append(contentsOf: new) }

    mutating func removeAll() {
        bytes = []
        start = 0
    }

    /// Takes the next line without its CR LF; nil where it has not ended yet.
    ///
    /// - Parameters:
    ///   - limit: bytes of the line; nil is returned for longer ones too, which `count` tells.
    ///   - scanned: how much of the line was looked at by earlier calls; 0 for a new line.
    /// - Throws: 400 for a line that ends in LF alone, which two readers of one text may take differently
    ///   (RFC 9112 §2.2).
    mutating func takeLine(limit: Int, scanned: inout Int) throws(HTTPRefusal) -> [UInt8]? {
        let end = min(bytes.count, start + limit)
        var place = start + scanned
        while place < end, bytes[place] != UInt8(ascii: "\n") { place += 1 }
        scanned = place - start
        guard place < end else { return nil }
        scanned = 0
        let from = start
        advance(to: place + 1)
        guard place > from, bytes[place - 1] == UInt8(ascii: "\r") else {
            throw HTTPRefusal(400, "a line of the request ends without a carriage return")
        }
        return Array(bytes[from..<place - 1])
    }

    /// Moves at most `limit` bytes to the end of `other`; how many it were.
    mutating func move(atMost limit: Int, to other: inout [UInt8]) -> Int {
        let count = min(count, limit)
        if start == 0, count == bytes.count, other.isEmpty {
            swap(&bytes, &other)
        } else {
            other.append(contentsOf: bytes[start..<start + count])
            advance(to: start + count)
        }
        return count
    }

    /// What was used is taken out only now and then, so that many lines cost no more than few.
    private mutating func advance(to place: Int) { start = place }

    /// Frees what was used.
    mutating func compact() {
        guard start > 0 else { return }
        bytes.removeFirst(start)
        start = 0
    }
}
