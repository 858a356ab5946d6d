#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What stat(2) says about a file.
package struct FileStatus: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case file, directory, symbolicLink, other
    }

    package let kind: Kind
    package let sizeBytes: Int64
    /// Last change of the contents, in seconds since 1970.
    package let modifiedSeconds: Int64
    /// The part of it below a second, in nanoseconds.
    package let modifiedNanoseconds: Int64
    /// Permission bits, the set-id and sticky bits included.
    package let permissions: UInt16
    package let ownerID: UInt32
    package let groupID: UInt32
    /// The file system it is on.
    package let device: UInt64

    /// - Parameter followingLinks: whether a symbolic link stands for what it points to.
    package init(of path: String, followingLinks: Bool = true) throws(SystemError) {
        var raw = stat()
        guard (followingLinks ? stat(path, &raw) : lstat(path, &raw)) == 0 else {
            throw SystemError(followingLinks ? "stat" : "lstat", on: path, code: errno)
        }
        self.init(raw)
    }

    /// What is behind an open descriptor.
    package init(of descriptor: borrowing FileDescriptor, subject: String) throws(SystemError) {
        var raw = stat()
        guard fstat(descriptor.raw, &raw) == 0 else { throw SystemError("fstat", on: subject, code: errno) }
        self.init(raw)
    }

    /// The status of `path`, or nil when it cannot be had: absent, or in a folder we may not enter.
    package static func ifPresent(_ path: String, followingLinks: Bool = true) -> FileStatus? {
        // Callers that need to know why ask the throwing initialiser.
        try? FileStatus(of: path, followingLinks: followingLinks)
    }

    private init(_ raw: stat) {
        kind =
            switch raw.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .symbolicLink
            default: .other
            }
        #if canImport(Darwin)
            let modified = raw.st_mtimespec
        #else
            let modified = raw.st_mtim
        #endif
        sizeBytes = Int64(raw.st_size)
        modifiedSeconds = Int64(modified.tv_sec)
        modifiedNanoseconds = Int64(modified.tv_nsec)
        permissions = UInt16(raw.st_mode & 0o7777)
        ownerID = raw.st_uid
        groupID = raw.st_gid
        device = UInt64(truncatingIfNeeded: raw.st_dev)
    }
}
