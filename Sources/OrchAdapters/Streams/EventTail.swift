package import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The lines of a log that another process writes, each once, from any place on.
package struct EventTail {
    /// A whole line, without its end.
    package struct Line: Equatable, Sendable {
        package let text: String
        /// The place in the log behind it: where a later tail goes on from.
        package let end: Int
    }

    private let path: String
    /// Behind the last byte that was read.
    package private(set) var offset: Int
    /// What has come of a line that is not whole yet.
    private var partial: [UInt8] = []
    /// The line is too long for memory: what comes of it is left out, and so is the line.
    private var isOverlong = false

    private static let chunkBytes = 64 << 10
    /// An event's text has 64 KiB at most, each byte of it six as JSON, and a few fields beside it.
    private static let lineLimitBytes = 1 << 20

    /// - Parameter offset: the end of an earlier line. From the middle of one its rest comes as a line.
    package init(path: String, from offset: Int = 0) {
        self.path = path
        self.offset = max(0, offset)
    }

    /// The whole lines that are new; none while there is no such file. A line too long for memory is left
    /// out.
    ///
    /// - Parameter limitBytes: about how much is read at most; the rest comes the next time.
    package mutating func next(limitBytes: Int = .max) throws(SystemError) -> [Line] {
        guard let size = FileStatus.ifPresent(path)?.sizeBytes, size > Int64(offset) else { return [] }
        let file = try FileDescriptor(opening: path, O_RDONLY)
        var lines: [Line] = []
        var chunk = [UInt8](repeating: 0, count: Self.chunkBytes)
        let end = offset.addingReportingOverflow(limitBytes)
        while end.overflow || offset < end.partialValue {
            let count = pread(file.raw, &chunk, chunk.count, off_t(offset))
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw SystemError("read", on: path) }
            if count == 0 { break }
            take(chunk[..<count], into: &lines)
        }
        return lines
    }

    private mutating func take(_ chunk: ArraySlice<UInt8>, into lines: inout [Line]) {
        var rest = chunk
        while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
            keep(rest[..<newline])
            offset += newline - rest.startIndex + 1
            if !isOverlong {
                lines.append(Line(text: String(decoding: partial, as: UTF8.self), end: offset))
            }
            partial.removeAll(keepingCapacity: partial.capacity <= Self.chunkBytes)
            isOverlong = false
            rest = rest[(newline + 1)...]
        }
        keep(rest)
        offset += rest.count
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        isOverlong = isOverlong || partial.count + bytes.count > Self.lineLimitBytes
        if isOverlong { partial = [] } else { partial += bytes }
    }
}

extension EventTail {
    /// How far back the last lines are looked for. Lines have a few hundred bytes; of longer ones fewer are
    /// found.
    private static let lookBackBytes = 4 << 20

    /// Where the log's last `count` whole lines begin: of 0 lines its end, as far as lines are whole.
    package static func start(ofLast count: Int, in path: String) throws(SystemError) -> Int {
        guard let size = FileStatus.ifPresent(path).map({ Int($0.sizeBytes) }), size > 0 else { return 0 }
        let file = try FileDescriptor(opening: path, O_RDONLY)
        var window = min(size, chunkBytes)
        while true {
            let ends = try lineEnds(of: file, path, from: size - window, to: size)
            if ends.count > count { return ends[ends.count - 1 - count] }
            if window == size { return 0 }
            guard window < lookBackBytes else { return ends.first ?? size }
            window = min(size, window * 8)
        }
    }

    /// The places behind each line end there.
    private static func lineEnds(
        of file: borrowing FileDescriptor, _ path: String, from start: Int, to end: Int
    ) throws(SystemError) -> [Int] {
        var ends: [Int] = []
        var chunk = [UInt8](repeating: 0, count: chunkBytes)
        var place = start
        while place < end {
            let count = pread(file.raw, &chunk, min(chunk.count, end - place), off_t(place))
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw SystemError("read", on: path) }
            // Shortened meanwhile.
            if count == 0 { break }
            for index in 0..<count where chunk[index] == UInt8(ascii: "\n") {
                ends.append(place + index + 1)
            }
            place += count
        }
        return ends
    }
}
