import JSON
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The lines of a log that another process writes, each once.
struct EventTail {
    /// What is shown of what came before.
    static let lines = 200

    private let path: String
    /// Of what is there at the first look only the last lines count.
    var keepsOnlyLast = false

    private var offset: off_t = 0
    private var buffer = LineBuffer()
    private var hasLooked = false

    private static let chunkBytes = 64 << 10

    init(path: String) { self.path = path }

    /// The whole lines that are new; none while there is no such file. A line too long for memory is left
    /// out.
    mutating func next() throws(SystemError) -> [String] {
        guard FileStatus.ifPresent(path) != nil else { return [] }
        let file = try FileDescriptor(opening: path, O_RDONLY)
        guard lseek(file.raw, offset, SEEK_SET) >= 0 else { throw SystemError("lseek", on: path) }
        var found: [String] = []
        var chunk = [UInt8](repeating: 0, count: Self.chunkBytes)
        while true {
            let count = read(file.raw, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw SystemError("read", on: path) }
            if count == 0 { break }
            offset += off_t(count)
            found += complete(buffer.feed(chunk[..<count]))
            if isFirstLook, found.count > 2 * Self.lines { found = Array(found.suffix(Self.lines)) }
        }
        if isFirstLook { found = Array(found.suffix(Self.lines)) }
        hasLooked = true
        return found
    }

    private var isFirstLook: Bool { keepsOnlyLast && !hasLooked }

    private func complete(_ lines: [LineBuffer.Line]) -> [String] {
        lines.compactMap { line in
            guard case .complete(let bytes) = line else { return nil }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
