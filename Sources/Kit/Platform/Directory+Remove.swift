#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension Directory {
    /// Deeper than any build tree; each level holds one descriptor open while it is emptied.
    private static let depthLimit = 256

    /// Removes the file, link or folder at `path` with all it holds; nothing there is fine.
    ///
    /// A symbolic link is removed, never followed: every step is relative to a folder opened with
    /// `O_NOFOLLOW`, so that a link put in place meanwhile leads nowhere. A mount point inside throws `EXDEV`
    /// and stays. Folders without write permission (module caches have them) are made writable first. What
    /// was removed before a failure stays removed.
    package static func remove(_ path: String) throws(SystemError) {
        guard let status = FileStatus.ifPresent(path, followingLinks: false) else {
            return try requireAbsent(path)
        }
        if status.kind == .directory {
            let folder = try FileDescriptor(opening: path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
            try empty(folder, subject: path, device: status.device, depth: 0)
        }
        let removed = status.kind == .directory ? rmdir(path) : unlink(path)
        guard removed == 0 || errno == ENOENT else {
            throw SystemError(status.kind == .directory ? "rmdir" : "unlink", on: path, code: errno)
        }
    }

    private static func requireAbsent(_ path: String) throws(SystemError) {
        do {
            _ = try FileStatus(of: path, followingLinks: false)
        } catch  where error.isMissing {
            return
        }
    }

    private static func empty(
        _ folder: borrowing FileDescriptor, subject: String, device: UInt64, depth: Int
    ) throws(SystemError) {
        let status = try FileStatus(of: folder, subject: subject)
        guard status.device == device else { throw SystemError("rmdir", on: subject, code: EXDEV) }
        guard depth < depthLimit else { throw SystemError("rmdir", on: subject, code: ENAMETOOLONG) }
        if status.permissions & 0o200 == 0 { _ = fchmod(folder.raw, S_IRWXU) }
        for name in try names(in: folder, subject: subject) {
            if unlinkat(folder.raw, name, 0) == 0 || errno == ENOENT { continue }
            // unlink(2) of a folder: EISDIR on Linux, EPERM by POSIX.
            guard errno == EISDIR || errno == EPERM else {
                throw SystemError("unlinkat", on: "\(subject)/\(name)", code: errno)
            }
            try removeFolder(name, in: folder, subject: "\(subject)/\(name)", device: device, depth: depth)
        }
    }

    private static func removeFolder(
        _ name: String, in parent: borrowing FileDescriptor, subject: String, device: UInt64, depth: Int
    ) throws(SystemError) {
        let opened = openat(parent.raw, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard opened >= 0 else { throw SystemError("openat", on: subject, code: errno) }
        let folder = FileDescriptor(owning: opened)
        try empty(folder, subject: subject, device: device, depth: depth + 1)
        guard unlinkat(parent.raw, name, AT_REMOVEDIR) == 0 || errno == ENOENT else {
            throw SystemError("unlinkat", on: subject, code: errno)
        }
    }
}
