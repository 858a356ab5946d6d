#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files that are replaced as a whole: a reader sees the old or the new bytes, never half of either.
package enum AtomicFile {
    /// How long a write outlives a power failure.
    package enum Durability: Sendable {
        /// Bytes and name are on disk when the call returns.
        case full
        /// The bytes are on disk before the name points to them; the new name itself may be lost.
        case contents
        /// Nothing is forced; for what can be made again.
        case none
    }

    /// Replaces the file at `path` with `bytes`, in a folder that exists.
    ///
    /// 1. write a new file beside it, 2. force it to disk, 3. rename it over the old one, 4. force the
    /// folder. A crash between 1 and 3 leaves a `.tmp-…` file and the old bytes. A symbolic link is replaced,
    /// not followed.
    ///
    /// - Parameters:
    ///   - mode: permissions of the new file, exactly: the umask is not applied.
    ///   - owner: a file whose owner and group it gets, where we may give it away.
    package static func write(
        _ bytes: [UInt8], to path: String, mode: UInt16 = 0o644, owner: FileStatus? = nil,
        durability: Durability = .full
    ) throws(SystemError) {
        let folder = parent(of: path)
        let temporary = "\(folder)/.tmp-\(getpid())-\(UInt64.random(in: .min ... .max))"
        do throws(SystemError) {
            let file = try writeNew(bytes, to: temporary)
            if let owner {
                // Only root may give files away; anybody else keeps what was written.
                _ = fchown(file.raw, owner.ownerID, owner.groupID)
            }
            // After fchown(2), which takes set-id bits away.
            guard fchmod(file.raw, mode_t(mode)) == 0 else {
                throw SystemError("fchmod", on: path, code: errno)
            }
            switch durability {
            case .full, .contents: try file.synchronize(subject: path)
            case .none: break
            }
            guard rename(temporary, path) == 0 else { throw SystemError("rename", on: path, code: errno) }
        } catch {
            _ = unlink(temporary)
            throw error
        }
        if case .full = durability {
            try FileDescriptor(opening: folder, O_RDONLY | O_DIRECTORY).synchronize(subject: folder)
        }
    }

    private static func writeNew(_ bytes: [UInt8], to path: String) throws(SystemError) -> FileDescriptor {
        let file = try FileDescriptor(opening: path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
        try file.writeAll(bytes, subject: path)
        return file
    }

    /// The folder part of `path`: `.` for a bare name, `/.` for a name in the root.
    private static func parent(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/." : String(path[..<slash])
    }
}
