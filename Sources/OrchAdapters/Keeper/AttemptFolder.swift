package import OrchCore
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The files of one attempt on disk; its folder is its owner's alone (0700), its files too (0600).
package final class AttemptFolder: AttemptFiles {
    private let path: String
    /// The log that was written to last: thousands of lines in a row go to the same one.
    private var log: OpenLog?

    /// How far back the last lines of a log are looked for: more than any line of an event log.
    private static let tailBytes = 1 << 20

    package init(path: String) throws(AttemptFileError) {
        self.path = path
        try makeDirectory(path)
    }

    package func write(_ text: String, to name: String) throws(AttemptFileError) {
        try translating(name) { () throws(SystemError) in
            try AtomicFile.write(Array(text.utf8), to: "\(path)/\(name)", mode: 0o600, durability: .contents)
        }
    }

    package func append(line: String, to name: String) throws(AttemptFileError) -> Int {
        try translating(name) { () throws(SystemError) in
            let log = if let log, log.name == name { log } else { try OpenLog(name, in: path) }
            // One that fails (a full disk) may hold half a line, which opening looks for.
            self.log = nil
            try log.append(line)
            self.log = log
            return log.sizeBytes
        }
    }

    package func lastLines(of name: String) throws(AttemptFileError) -> [String] {
        try translating(name) { () throws(SystemError) in
            let log = "\(path)/\(name)"
            guard let size = FileStatus.ifPresent(log)?.sizeBytes, size > 0 else { return [] }
            let file = try FileDescriptor(opening: log, O_RDONLY | O_CLOEXEC)
            var bytes = [UInt8](repeating: 0, count: min(Int(size), Self.tailBytes))
            let count = pread(file.raw, &bytes, bytes.count, off_t(Int(size) - bytes.count))
            guard count >= 0 else { throw SystemError("pread", on: log) }
            let isWhole = count == size
            // What follows the last line end is half a line of a host that was killed while it wrote.
            let ended = bytes.prefix(count).lastIndex(of: UInt8(ascii: "\n")).map { bytes[..<$0] } ?? []
            let lines = ended.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            guard isWhole || lines.count > 1 else { throw SystemError("read", on: log, code: EFBIG) }
            return lines.dropFirst(isWhole ? 0 : 1).map { String(decoding: $0, as: UTF8.self) }
                .filter { !$0.isEmpty }
        }
    }

    package func read(path: String, limit: Int) throws(AttemptFileError) -> String? {
        guard let status = FileStatus.ifPresent(path), status.kind == .file else { return nil }
        guard status.sizeBytes <= limit else {
            throw .tooLarge(path: path, bytes: Int(status.sizeBytes), limit: limit)
        }
        return try translating(path) { () throws(SystemError) in
            try WholeFile.readIfPresent(path, limitBytes: limit).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    package func remove(path: String) throws(AttemptFileError) {
        try translating(path) { () throws(SystemError) in
            guard unlink(path) == 0 || errno == ENOENT else { throw SystemError("unlink", on: path) }
        }
    }

    package func makeDirectory(_ path: String) throws(AttemptFileError) {
        try translating(path) { () throws(SystemError) in try Directory.make(path, mode: 0o700) }
    }

    private func translating<Value>(
        _ subject: String, _ act: () throws(SystemError) -> Value
    ) throws(AttemptFileError) -> Value {
        do {
            return try act()
        } catch {
            throw AttemptFileError(path: subject, detail: error.problem)
        }
    }
}

/// A log that stays open.
private final class OpenLog {
    let name: String
    private let file: FileDescriptor

    init(_ name: String, in folder: String) throws(SystemError) {
        self.name = name
        file = try FileDescriptor(
            opening: "\(folder)/\(name)", O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, mode: 0o600)
        // After half a line (a full disk, a host that was killed while it wrote) a new one begins.
        if !endsWithLine { try file.writeAll([UInt8(ascii: "\n")], subject: name) }
    }

    var sizeBytes: Int { Int(lseek(file.raw, 0, SEEK_END)) }

    func append(_ line: String) throws(SystemError) {
        try file.writeAll(Array("\(line)\n".utf8), subject: name)
    }

    private var endsWithLine: Bool {
        var last: UInt8 = 0
        let size = sizeBytes
        return size <= 0 || pread(file.raw, &last, 1, off_t(size) - 1) == 1 && last == UInt8(ascii: "\n")
    }
}
