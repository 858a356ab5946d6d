/// One ref as `git for-each-ref` tells it.
struct GitReference: Equatable {
    let name: String
    let commit: String
    /// The worktree that has it checked out, be that still there or not; nil where none has.
    let worktree: String?

    /// For `--format`; a ref's name cannot hold a NUL, nor can a path.
    static let format = "%(refname)%00%(objectname)%00%(worktreepath)"

    /// Reads the lines of the answer; a line of another shape is left out.
    static func parse(_ text: String) -> [GitReference] {
        text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "\0", omittingEmptySubsequences: false)
            guard fields.count == 3 else { return nil }
            let worktree = fields[2].isEmpty ? nil : String(fields[2])
            return GitReference(name: String(fields[0]), commit: String(fields[1]), worktree: worktree)
        }
    }
}

/// What `git ls-remote` says, line by line.
enum RemoteListing {
    /// The short name of the default branch in the answer to `--symref origin HEAD`; nil where it names none.
    static func defaultBranch(in text: String) -> String? {
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t")
            let mark = "ref: refs/heads/"
            // The pattern also matches refs that end in /HEAD.
            guard fields.count == 2, fields[1] == "HEAD", fields[0].hasPrefix(mark) else { continue }
            return String(fields[0].dropFirst(mark.count))
        }
        return nil
    }

    /// The commit of exactly this ref; nil where the remote has none.
    static func commit(of name: String, in text: String) -> String? {
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t")
            if fields.count == 2, fields[1] == name { return String(fields[0]) }
        }
        return nil
    }
}
