import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where a repository keeps its own files, found without starting git.
///
/// Only what gitrepository-layout(5) documents is read: the `.git` file of a linked worktree or submodule
/// (`gitdir: PATH`), `commondir`, and symbolic refs (`ref: NAME`). What is not found here, git is asked for.
struct GitDirectory: Equatable {
    /// Far more than any of these one-line files holds.
    private static let lineLimitBytes = 64 << 10

    /// What belongs to this one checkout: `HEAD`, `index`.
    let own: String
    /// What all worktrees share: refs, config, `info/exclude`.
    let common: String

    /// - Returns: nil where `directory` is neither the top of a checkout nor a bare repository.
    init?(of directory: String) {
        let inside = "\(directory)/.git"
        switch FileStatus.ifPresent(inside)?.kind {
        case .directory: self.init(own: inside)
        case .file:
            guard let target = Self.line(of: inside, after: "gitdir: ") else { return nil }
            self.init(own: Self.resolve(target, from: directory))
        default: self.init(own: directory)
        }
    }

    private init?(own: String) {
        self.own = own
        common = Self.line(of: "\(own)/commondir", after: "").map { Self.resolve($0, from: own) } ?? own
        // What git itself goes by: setup.c, is_git_directory.
        let isThere =
            FileStatus.ifPresent("\(own)/HEAD", followingLinks: false) != nil
            && ["objects", "refs"].allSatisfy { FileStatus.ifPresent("\(common)/\($0)")?.kind == .directory }
        if !isThere { return nil }
    }

    /// What this checkout's `HEAD` is: a branch's full name, or a commit when it is detached.
    ///
    /// - Returns: nil where git has to be asked, as in a repository whose refs are no files (`reftable`).
    var head: Head? {
        guard let text = Self.line(of: "\(own)/HEAD", after: "") else { return nil }
        let mark = "ref: "
        guard text.hasPrefix(mark) else { return .commit(text) }
        let name = String(text.dropFirst(mark.count))
        return name == "refs/heads/.invalid" ? nil : .ref(name)
    }

    enum Head: Equatable {
        case ref(String)
        case commit(String)
    }

    /// The short name of origin's default branch as `refs/remotes/origin/HEAD` remembers it; nil where it
    /// does not.
    ///
    /// Symbolic refs are never packed, so the file is all there is to it.
    var originDefault: String? {
        Self.line(of: "\(common)/refs/remotes/origin/HEAD", after: "ref: refs/remotes/origin/")
    }

    /// Whether a rebase, or the application of mails, was begun here and not ended.
    var isRebasing: Bool {
        ["rebase-merge", "rebase-apply"].contains { FileStatus.ifPresent("\(own)/\($0)") != nil }
    }

    /// Whether both are checkouts of one repository.
    func sharesRepository(with other: GitDirectory) -> Bool {
        Self.canonical(common) == Self.canonical(other.common)
    }

    /// The path without symbolic links and dots; the path itself where nothing is there.
    static func canonical(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func resolve(_ path: String, from directory: String) -> String {
        path.hasPrefix("/") ? path : "\(directory)/\(path)"
    }

    /// The first line of a file without `prefix`; nil where there is no file or it begins otherwise.
    private static func line(of path: String, after prefix: String) -> String? {
        // An unreadable file is like none: git is asked then, and says why.
        guard let bytes = try? WholeFile.read(path, limitBytes: lineLimitBytes) else { return nil }
        let line = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        guard line.hasPrefix(prefix), line.utf8.count > prefix.utf8.count else { return nil }
        return String(line.dropFirst(prefix.count))
    }
}
