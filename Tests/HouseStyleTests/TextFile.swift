#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file of the tree as it lies on disk.
struct TextFile: Sendable {
    /// From the package's root.
    let path: String
    let bytes: [UInt8]
    let lines: [ArraySlice<UInt8>]

    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        lines = Self.split(bytes)
    }

    /// What follows the last line break is a line only if there is something.
    private static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return }
            var from = 0
            while from < bytes.count {
                let end = memchr(start + from, Int32(UInt8(ascii: "\n")), bytes.count - from)
                let length = end.map { UnsafeRawPointer($0) - (start + from) } ?? bytes.count - from
                lines.append(bytes[from..<from + length])
                from += length + 1
            }
        }
        return lines
    }

    init(path: String, _ text: String) { self.init(path: path, bytes: Array(text.utf8)) }

    var name: String { String(path.split(separator: "/").last ?? "") }
    var stem: String { String(name.split(separator: ".").first ?? "") }
    var text: String { String(decoding: bytes, as: UTF8.self) }

    func isIn(_ folder: String) -> Bool { path.hasPrefix(folder + "/") }

    func line(_ number: Int) -> String { String(decoding: lines[number - 1], as: UTF8.self) }

    /// Whether the word stands anywhere in it.
    func holds(_ word: String) -> Bool {
        bytes.withUnsafeBytes { Self.offset(of: word, in: $0) } != nil
    }

    /// The numbers of the lines that hold the word, each once.
    func lines(holding word: String) -> [Int] {
        guard holds(word) else { return [] }
        return lines.indices.filter { number in
            lines[number].withUnsafeBytes { Self.offset(of: word, in: $0) } != nil
        }.map { $0 + 1 }
    }

    /// By memchr(3), which reads the whole tree in the time that a loop in a debug build needs for a file.
    private static func offset(of word: String, in bytes: UnsafeRawBufferPointer) -> Int? {
        guard let start = bytes.baseAddress else { return nil }
        let length = word.utf8.count
        return word.withCString { word in
            var from = 0
            while from + length <= bytes.count,
                let hit = memchr(start + from, Int32(word[0]), bytes.count - from)
            {
                let offset = UnsafeRawPointer(hit) - start
                if offset + length <= bytes.count, memcmp(hit, word, length) == 0 { return offset }
                from = offset + 1
            }
            return nil
        }
    }

    func violation(_ line: Int, _ problem: String, fix: String) -> Violation {
        Violation(path: path, line: line, problem: problem, fix: fix)
    }
}
