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
    /// and stays. Folders without the permissions for it (module caches have them) are opened up first. What
    /// was removed before a failure stays removed.
    package static func remove(_ path: String) throws(SystemError) {
        guard let status = FileStatus.ifPresent(path, followingLinks: false) else {
            return try requireAbsent(path)
        }
        if status.kind == .directory {
            let name = Array(path.utf8) + [0]
            let folder = try open(name, in: AT_FDCWD, subject: path)
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

    /// - Parameter name: with a final NUL.
    private static func open(
        _ name: [UInt8], in parent: Int32, subject: String
    ) throws(SystemError) -> FileDescriptor {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        var opened = name.withPath { openat(parent, $0, flags) }
        if opened < 0, errno == EACCES {
            // This call follows links, on Linux always: one that is put in place here only has something of
            // this user's own be open to this user.
            _ = name.withPath { fchmodat(parent, $0, S_IRWXU, 0) }
            opened = name.withPath { openat(parent, $0, flags) }
        }
        guard opened >= 0 else { throw SystemError("openat", on: subject, code: errno) }
        return FileDescriptor(owning: opened)
    }

    private static func empty(
        _ folder: borrowing FileDescriptor, subject: String, device: UInt64, depth: Int
    ) throws(SystemError) {
        let status = try FileStatus(of: folder, subject: subject)
        guard status.device == device else { throw SystemError("rmdir", on: subject, code: EXDEV) }
        guard depth < depthLimit else { throw SystemError("rmdir", on: subject, code: ENAMETOOLONG) }
        if status.permissions & 0o300 != 0o300 { _ = fchmod(folder.raw, S_IRWXU) }
        let raw = folder.raw
        for name in try rawNames(in: folder, subject: subject) {
            if name.withPath({ unlinkat(raw, $0, 0) }) == 0 || errno == ENOENT { continue }
            let code = errno
            let subject = "\(subject)/" + String(decoding: name.dropLast(), as: UTF8.self)
            // unlink(2) of a folder: EISDIR on Linux, EPERM by POSIX.
            guard code == EISDIR || code == EPERM else {
                throw SystemError("unlinkat", on: subject, code: code)
            }
            let inner = try open(name, in: raw, subject: subject)
            try empty(inner, subject: subject, device: device, depth: depth + 1)
            guard name.withPath({ unlinkat(raw, $0, AT_REMOVEDIR) }) == 0 || errno == ENOENT else {
                throw SystemError("unlinkat", on: subject, code: errno)
            }
        }
    }
}

extension [UInt8] {
    /// For a call that takes a path. The array ends with NUL.
    fileprivate func withPath(_ call: (UnsafePointer<CChar>) -> Int32) -> Int32 {
        withUnsafeBytes { $0.baseAddress.map { call($0.assumingMemoryBound(to: CChar.self)) } ?? -1 }
    }
}
