#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Room on a file system.
package enum DiskSpace {
    /// Bytes that this user may still write to the file system holding `path`.
    package static func freeBytes(at path: String) throws(SystemError) -> Int64 {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { throw SystemError("statvfs", on: path, code: errno) }
        // f_bavail, not f_bfree: blocks kept for root are not free for us. They are counted in f_frsize.
        let (bytes, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(
            by: UInt64(status.f_frsize))
        return overflow ? .max : Int64(clamping: bytes)
    }
}
