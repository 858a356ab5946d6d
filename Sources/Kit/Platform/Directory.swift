#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Folders: made and listed.
package enum Directory {
    /// More names than any folder of ours holds; a listing that would exceed it throws `EFBIG`.
    package static let entryLimit = 1_000_000

    /// Makes the folder at `path` and its missing parents; one that exists is left as it is.
    ///
    /// - Parameter mode: permissions of the folders it makes, less the umask.
    package static func make(_ path: String, mode: UInt16 = 0o755) throws(SystemError) {
        if mkdir(path, mode_t(mode)) == 0 { return }
        switch errno {
        case EEXIST where FileStatus.ifPresent(path)?.kind == .directory: return
        case ENOENT:
            guard let parent = parent(of: path) else { throw SystemError("mkdir", on: path, code: ENOENT) }
            try make(parent, mode: mode)
            // Another process may have made it meanwhile.
            guard mkdir(path, mode_t(mode)) == 0 || errno == EEXIST else {
                throw SystemError("mkdir", on: path, code: errno)
            }
        case let code: throw SystemError("mkdir", on: path, code: code)
        }
    }

    /// The names in a folder without `.` and `..`, in byte order.
    package static func names(in path: String) throws(SystemError) -> [String] {
        let folder = try FileDescriptor(opening: path, O_RDONLY | O_DIRECTORY)
        return try names(in: folder, subject: path)
    }

    /// The names in an open folder, in byte order. Reading starts at the descriptor's position.
    static func names(in folder: borrowing FileDescriptor, subject: String) throws(SystemError) -> [String] {
        try rawNames(in: folder, subject: subject).map { String(decoding: $0.dropLast(), as: UTF8.self) }
            .sorted()
    }

    /// As the kernel has them, each with its final NUL: a name need not be UTF-8, and a repaired one names
    /// nothing.
    static func rawNames(
        in folder: borrowing FileDescriptor, subject: String
    ) throws(SystemError) -> [[UInt8]] {
        let copy = try FileDescriptor.duplicating(folder.raw).release()
        guard let stream = fdopendir(copy) else {
            let code = errno
            _ = close(copy)
            throw SystemError("fdopendir", on: subject, code: code)
        }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while let name = try next(of: stream, subject: subject) {
            guard names.count < entryLimit else { throw SystemError("readdir", on: subject, code: EFBIG) }
            if name != [.dot, 0] && name != [.dot, .dot, 0] { names.append(name) }
        }
        return names
    }

    #if canImport(Darwin)
        private typealias Stream = UnsafeMutablePointer<DIR>
    #else
        private typealias Stream = OpaquePointer
    #endif

    private static func next(of stream: Stream, subject: String) throws(SystemError) -> [UInt8]? {
        errno = 0
        guard let entry = readdir(stream) else {
            // readdir(3) returns nil at the end and on failure alike; errno tells them apart.
            guard errno == 0 else { throw SystemError("readdir", on: subject, code: errno) }
            return nil
        }
        return withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) + [0] }
    }

    /// The path without its last part; nil when nothing is left to make.
    private static func parent(of path: String) -> String? {
        let trimmed = path.utf8.reversed().drop { $0 == UInt8(ascii: "/") }
        let rest = trimmed.drop { $0 != UInt8(ascii: "/") }.drop { $0 == UInt8(ascii: "/") }
        return rest.isEmpty ? nil : String(decoding: rest.reversed(), as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate static let dot = UInt8(ascii: ".")
}
