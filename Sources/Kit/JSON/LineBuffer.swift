/// Cuts a stream of bytes into lines, whatever pieces it comes in: for JSON with one value a line.
///
/// A line ends with LF or CR LF, neither of which is part of it.
package struct LineBuffer: Sendable {
    package enum Line: Sendable, Hashable {
        case complete([UInt8])
        /// A line of this many bytes, more than the limit; they were not kept.
        case overlong(bytes: Int)
    }

    /// The default limit, 16 MiB: a line of an agent's event stream may carry a whole file.
    package static let defaultLimitBytes = 16 << 20

    private let limitBytes: Int
    private var partial: [UInt8] = []
    private var partialCount = 0
    private var lastByte: UInt8?

    package init(limitBytes: Int = defaultLimitBytes) { self.limitBytes = limitBytes }

    /// Takes the next bytes and returns the lines that they complete.
    package mutating func feed(_ bytes: some Collection<UInt8>) -> [Line] {
        // Over a buffer, because the byte by byte work on any other collection is a hundred times slower.
        if let lines = bytes.withContiguousStorageIfAvailable({ feed($0) }) { return lines }
        return Array(bytes).withUnsafeBufferPointer { feed($0) }
    }

    private mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>) -> [Line] {
        var lines: [Line] = []
        var start = 0
        for (end, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            keep(bytes[start..<end])
            lines.append(takeLine())
            start = end + 1
        }
        keep(bytes[start...])
        return lines
    }

    /// What has come of the line that is not whole yet, as far as it is kept.
    package var unfinished: [UInt8] { partial }

    /// The stream has ended: the last line, if it was not ended itself.
    package mutating func finish() -> Line? {
        partialCount == 0 ? nil : takeLine()
    }

    /// One byte over the limit is kept, because it may be the CR before an LF.
    private mutating func keep(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        partialCount += bytes.count
        partial.append(contentsOf: bytes.prefix(limitBytes + 1 - partial.count))
        lastByte = bytes.last ?? lastByte
    }

    private mutating func takeLine() -> Line {
        defer {
            partial = []
            partialCount = 0
            lastByte = nil
        }
        if lastByte == UInt8(ascii: "\r") {
            partialCount -= 1
            partial.removeLast(max(0, partial.count - partialCount))
        }
        return partialCount <= limitBytes ? .complete(partial) : .overlong(bytes: partialCount)
    }
}
