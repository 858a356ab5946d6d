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
}
