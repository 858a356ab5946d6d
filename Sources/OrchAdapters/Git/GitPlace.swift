package import Platform

/// A repository as a person stands in it, found without starting git.
package struct GitPlace: Equatable {
    /// The top of the main checkout, or the bare repository itself: absolute, without symbolic links.
    package let top: String
    package let isBare: Bool
    private let directory: GitDirectory

    /// Deeper folders than this are not looked up from.
    private static let deepest = 256

    /// - Parameter directory: anywhere in a checkout, a linked worktree of it, or a bare repository.
    /// - Returns: nil where there is no repository around it.
    package init?(around directory: String) {
        var path = GitDirectory.canonical(directory)
        for _ in 0..<Self.deepest {
            if let found = GitDirectory(of: path) {
                self.init(found, seenFrom: path)
                return
            }
            guard let slash = path.lastIndex(of: "/"), path != "/" else { return nil }
            path = slash == path.startIndex ? "/" : String(path[..<slash])
        }
        return nil
    }

    /// A linked worktree belongs to the checkout whose repository it shares, and so does the `.git` of a
    /// checkout; any other repository of its own is where it was found.
    private init(_ found: GitDirectory, seenFrom path: String) {
        directory = found
        let common = GitDirectory.canonical(found.common)
        let isShared = GitDirectory.canonical(found.own) != common || common == path
        let suffix = "/.git"
        isBare = isShared && !common.hasSuffix(suffix)
        top = !isShared ? path : isBare ? common : String(common.dropLast(suffix.count))
    }

    /// Keeps files of these patterns out of every commit of this clone, and leaves what is committed alone.
    package func exclude(_ patterns: [String]) throws(SystemError) {
        try GitExclude.add(patterns, in: directory)
    }
}
