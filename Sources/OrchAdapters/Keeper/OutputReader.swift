import JSON
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Follows a file that another process appends to, line by line, from its first byte.
struct OutputReader {
    private let path: String
    private var buffer = LineBuffer()
    /// Bytes read so far.
    private(set) var offset = 0
    /// Whether the last look found nothing new.
    private(set) var isAtEnd = false
    /// When there was something new last.
    private var grewAt = MonotonicTime.now()
    /// The offset at which an unfinished line was told.
    private var toldAt = 0

    /// One look reads at most this much, so that the host gets to its other work in between.
    private static let pieceBytes = 64 << 10
    /// What is read of one agent at all; its host ends one that prints so much.
    private static let limitBytes = 512 << 20
    /// A question is shorter.
    private static let unfinishedLimitBytes = 4096
    /// An agent that prints a line in pieces seldom pauses so long in the middle of it.
    private static let quiet: Duration = .seconds(1)

    struct Line {
        let text: String
        /// The offset in the file behind the line.
        let end: Int
    }

    init(path: String) { self.path = path }

    /// The next lines that have become whole: those of one piece.
    mutating func read() throws(SystemError) -> [Line] {
        let bytes = try piece()
        var position = offset - bytes.count
        var rest = bytes[...]
        var lines: [Line] = []
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
            let part = rest[..<end]
            rest = rest[end...]
            position += part.count
            lines += buffer.feed(part).map { Line(text: Self.text($0), end: position) }
        }
        return lines
    }

    /// The last line, where it was not ended and no more will come.
    mutating func finish() -> Line? {
        buffer.finish().map { Line(text: Self.text($0), end: offset) }
    }

    /// The line that is not whole yet, once, after nothing has followed it for a moment: it may be a
    /// question.
    mutating func unfinished() -> String? {
        let bytes = buffer.unfinished
        guard isAtEnd, toldAt != offset, !bytes.isEmpty, bytes.count <= Self.unfinishedLimitBytes,
            MonotonicTime.now() - grewAt >= Self.quiet
        else { return nil }
        toldAt = offset
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func piece() throws(SystemError) -> [UInt8] {
        let size = min(Int(FileStatus.ifPresent(path)?.sizeBytes ?? 0), Self.limitBytes)
        isAtEnd = size <= offset
        if isAtEnd { return [] }
        let file = try FileDescriptor(opening: path, O_RDONLY | O_CLOEXEC)
        var bytes = [UInt8](repeating: 0, count: min(size - offset, Self.pieceBytes))
        let count = pread(file.raw, &bytes, bytes.count, off_t(offset))
        guard count >= 0 else { throw SystemError("pread", on: path) }
        offset += count
        grewAt = .now()
        return Array(bytes.prefix(count))
    }

    private static func text(_ line: LineBuffer.Line) -> String {
        switch line {
        case .complete(let bytes): String(decoding: bytes, as: UTF8.self)
        case .overlong(let count): "(a line of \(count) bytes, not shown)"
        }
    }
}
