import Platform

/// A worktree beside a main checkout, found without starting git.
package struct LinkedWorktree: Equatable, Sendable {
    package let path: String
    /// nil: it is on none.
    package let branch: String?

    /// More are not shown to anybody.
    private static let limit = 1000

    /// Those in the folder, two levels deep (v0 has them by project), by path.
    package static func all(in folder: String) -> [LinkedWorktree] {
        let first = folders(in: folder)
        return Array((first + first.flatMap(folders)).compactMap(LinkedWorktree.init).prefix(limit))
            .sorted { $0.path < $1.path }
    }

    private init?(_ path: String) {
        guard FileStatus.ifPresent("\(path)/.git")?.kind == .file, let git = GitDirectory(of: path) else {
            return nil
        }
        self.path = path
        let prefix = "refs/heads/"
        if case .ref(let name) = git.head, name.hasPrefix(prefix) {
            branch = String(name.dropFirst(prefix.count))
        } else {
            branch = nil
        }
    }

    /// A folder that is not there, or cannot be read, holds no worktree.
    private static func folders(in folder: String) -> [String] {
        let isCheckout = FileStatus.ifPresent("\(folder)/.git") != nil
        let names = isCheckout ? [] : (try? Directory.names(in: folder)) ?? []
        return names.prefix(limit).map { "\(folder)/\($0)" }
            .filter { FileStatus.ifPresent($0)?.kind == .directory }
    }
}
