/// What `git push --porcelain` says about one ref: `FLAG <tab> FROM:TO <tab> SUMMARY (REASON)`;
/// git-push(1), “Output”.
struct PushReport: Equatable {
    let isAccepted: Bool
    /// `[rejected] (non-fast-forward)`, `[remote rejected] (protected branch hook declined)`, `[up to
    /// date]` …
    let summary: String

    /// The remote's branch has work that this one lacks. git's own words, on this side; `fetch first` where
    /// the remote's commit is not known here.
    var isDiverged: Bool {
        ["[rejected] (non-fast-forward)", "[rejected] (fetch first)"].contains(summary)
    }

    /// - Returns: nil where the answer says nothing about `reference`: the push did not get as far as that.
    init?(about reference: String, in text: String) {
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3, fields[1].hasSuffix(":\(reference)"), let flag = fields[0].first else {
                continue
            }
            // ` ` fast-forward, `*` new, `=` up to date; `!` refused. We force nothing, so `+` and `-`
            // cannot come.
            isAccepted = " *=".contains(flag)
            summary = String(fields[2])
            return
        }
        return nil
    }
}

/// A fetch or push that ended before any ref was looked at, told apart by the words of git, ssh and the
/// server, since they have no other form.
enum RemoteFailure {
    /// Whether trying again without a change is useless: the right is denied, or there is no such repository.
    ///
    /// GitHub over https: `fatal: unable to access '…': The requested URL returned error: 403`; over ssh:
    /// `ERROR: Permission to o/r.git denied to u.`, `ERROR: Repository not found.`; a key that nobody knows:
    /// `git@github.com: Permission denied (publickey).`; no or wrong password: `fatal: Authentication
    /// failed for '…'`, `fatal: could not read Username for '…'`; an address with nothing behind it: `fatal:
    /// repository '…' not found`, `fatal: '…' does not appear to be a git repository`.
    static func isFinal(_ errorText: String) -> Bool {
        errorText.split(separator: "\n").contains { line in
            let isFromServer = line.hasPrefix("ERROR: ") || line.hasPrefix("remote: ")
            if isFromServer && (line.hasSuffix("Repository not found.") || isPermission(line)) { return true }
            if line.hasPrefix("fatal: ") {
                return endings.contains { line.hasSuffix($0) } || beginnings.contains { line.hasPrefix($0) }
            }
            return line.hasSuffix("Permission denied (publickey).")
                || line == "Host key verification failed."
        }
    }

    private static let beginnings = [
        "fatal: Authentication failed for ", "fatal: could not read Username for ",
        "fatal: could not read Password for ",
    ]
    private static let endings = [
        "returned error: 403", "' not found", "' does not appear to be a git repository",
    ]

    private static func isPermission(_ line: Substring) -> Bool {
        guard let after = line.firstRange(of: "Permission to ") else { return false }
        return line[after.upperBound...].firstRange(of: " denied to ") != nil
    }
}
