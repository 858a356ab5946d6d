#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files that are read in one go.
package enum WholeFile {
    /// The bytes of the file at `path`.
    ///
    /// - Parameter limitBytes: a larger file throws `EFBIG`, whatever its length claims: files of `/proc`
    ///   claim 0.
    package static func read(_ path: String, limitBytes: Int) throws(SystemError) -> [UInt8] {
        let file = try FileDescriptor(opening: path, O_RDONLY)
        return try file.readToEnd(limit: limitBytes, subject: path)
    }

    /// The bytes of the file at `path`, or nil if there is none.
    package static func readIfPresent(_ path: String, limitBytes: Int) throws(SystemError) -> [UInt8]? {
        do {
            return try read(path, limitBytes: limitBytes)
        } catch  where error.isMissing {
            return nil
        }
    }

    /// The bytes of the regular file at `path`, or nil if there is none.
    ///
    /// What others have put there may be anything: a pipe would be waited for, a device has no end.
    /// - Parameter followingLinks: whether a symbolic link stands for what it points to; else it is no file.
    package static func readRegular(
        _ path: String, limitBytes: Int, followingLinks: Bool = true
    ) throws(SystemError) -> [UInt8]? {
        let link = followingLinks ? 0 : O_NOFOLLOW
        do {
            let file = try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK | O_NOCTTY | link)
            guard try FileStatus(of: file, subject: path).kind == .file else { return nil }
            return try file.readToEnd(limit: limitBytes, subject: path)
        } catch  where error.isMissing || error.code == ELOOP {
            return nil
        }
    }
}
