import Subprocess

/// git's messages: read where it has no other form, and made fit to be shown.
enum GitText {
    /// As much of a message as fits into a comment.
    private static let detailLimitBytes = 2_000

    /// Whether a command gave up because another git was at work, so that it may well succeed in a moment.
    ///
    /// Locks: `Unable to create '….lock': File exists.`, `cannot lock ref '…': is at … but expected …`,
    /// `could not lock config file …`. A worktree that is just being made: `failed to read
    /// ….git/worktrees/…`, and in a fetch, which looks at the heads of all, `bad object worktrees/…/HEAD`.
    static func isPassing(_ errorText: String) -> Bool {
        errorText.split(separator: "\n").contains { line in
            line.hasSuffix(".lock': File exists.") || line.firstRange(of: "cannot lock ref ") != nil
                || line.hasPrefix("error: could not lock config file ")
                || (line.hasPrefix("fatal: failed to read ") && line.firstRange(of: "/worktrees/") != nil)
                || (line.hasPrefix("fatal: bad object worktrees/") && line.hasSuffix("/HEAD"))
        }
    }

    /// What a failed command said, without hints and credentials; how it ended where it said nothing.
    static func detail(of output: Output) -> String {
        let lines = output.errorText.split(separator: "\n").filter { !$0.hasPrefix("hint:") && !$0.isEmpty }
        let said = bounded(withoutCredentials(lines.joined(separator: "\n")), limitBytes: detailLimitBytes)
        if case .exited = output.exit, !said.isEmpty { return said }
        return said.isEmpty ? "\(output.exit)" : "\(output.exit); \(said)"
    }

    /// The text with `USER:PASSWORD@` and `TOKEN@` taken out of every address: some remotes carry a token.
    static func withoutCredentials(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let scheme = rest.firstRange(of: "://") {
            result += rest[..<scheme.upperBound]
            rest = rest[scheme.upperBound...]
            let authority = rest.prefix { !$0.isWhitespace && $0 != "/" && $0 != "'" }
            if let at = authority.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        }
        return result + rest
    }

    /// At most so many bytes, cut between characters.
    static func bounded(_ text: String, limitBytes: Int) -> String {
        if text.utf8.count <= limitBytes { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: limitBytes)
        while end.samePosition(in: text) == nil { text.utf8.formIndex(before: &end) }
        return text[..<end] + "…"
    }
}
