/// Checked input: UTF-8 without byte order mark, of printable characters (§5.1), within the size limit.
struct Source: Sendable {
    let bytes: [UInt8]
    /// Where each line begins, in bytes.
    let lineStarts: [Int]

    init(_ input: [UInt8]) throws(YAMLError) {
        guard input.count <= YAMLLimits.inputBytes else {
            throw YAMLError(.inputTooLarge(bytes: input.count), at: Mark(line: 1, column: 1))
        }
        let isWide = input.starts(with: [0xFE, 0xFF]) || input.starts(with: [0xFF, 0xFE])
        guard !isWide else { throw YAMLError(.notUTF8, at: Mark(line: 1, column: 1)) }
        bytes = Source.withoutByteOrderMark(input)
        lineStarts = Source.lineStarts(in: bytes)
        try checkCharacters()
    }

    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    static func withoutByteOrderMark(_ bytes: [UInt8]) -> [UInt8] {
        bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(byteOrderMark.count)) : bytes
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The index of the line that holds this offset, from 0.
    func line(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// Takes time in the length of the line; see ``MarkCursor`` for many marks.
    func mark(at offset: Int) -> Mark {
        let line = line(at: offset)
        return Mark(line: line + 1, column: 1 + scalars(in: lineStarts[line]..<offset))
    }

    /// How many Unicode scalars begin in the range.
    func scalars(in range: Range<Int>) -> Int {
        bytes[range].reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    }

    /// A line ends with LF, CR LF or CR alone (§5.4).
    private static func lineStarts(in bytes: [UInt8]) -> [Int] {
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte.isBreak {
            let isHalf = byte == .carriageReturn && offset + 1 < bytes.count && bytes[offset + 1] == .lineFeed
            if !isHalf { starts.append(offset + 1) }
        }
        return starts
    }
}

/// Marks of offsets that mostly ascend, each counted on from the last: a file of one long line stays
/// linear.
struct MarkCursor {
    let source: Source
    private var offset = 0
    private var last = Mark(line: 1, column: 1)

    init(_ source: Source) { self.source = source }

    mutating func mark(at target: Int) -> Mark {
        let line = source.line(at: target)
        let isAhead = line + 1 == last.line && target >= offset
        let from = isAhead ? offset : source.lineStarts[line]
        let column = (isAhead ? last.column : 1) + source.scalars(in: from..<target)
        offset = target
        last = Mark(line: line + 1, column: column)
        return last
    }
}
