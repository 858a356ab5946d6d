/// One git repository: a checkout or a bare clone, with or without a remote `origin`.
package protocol Repository {
    /// What of the repository's own configuration, which an agent can write, has git start a program or talk
    /// to somebody else on its way to the remote: names, each with a digest of its value.
    ///
    /// - Parameter worktree: nil for the repository itself; a worktree may have settings of its own.
    func networkSettings(in worktree: Worktree?) throws(RepositoryError) -> [String: String]

    /// The local branches whose names begin like this, sorted.
    func branches(_ prefix: String) throws(RepositoryError) -> [String]

    /// Makes sure that `branch` has a worktree at `path`, and brings the base up to date first.
    ///
    /// The base is the remote's default branch as just fetched; without a remote, the local HEAD's branch. An
    /// existing worktree of that branch is used where it is. Files of orch's own (`exclude`) are kept out of
    /// commits through the worktree's `info/exclude`.
    func prepareWorktree(branch: String, path: String, exclude: [String]) throws(RepositoryError) -> Worktree

    /// Commits everything that is modified or new in the worktree.
    /// - Returns: the new HEAD's SHA; nil where there was nothing to commit.
    func commitAll(in worktree: String, message: String, author: Identity) throws(RepositoryError) -> String?

    /// Commits of the worktree's HEAD that the base lacks; 0 also where the base holds their work already, as
    /// after a squash merge.
    ///
    /// - Throws: `branchLeft` where HEAD has none and the task's branch, which it has left, has some.
    func commitsAhead(of worktree: Worktree) throws(RepositoryError) -> Int

    /// Pushes HEAD to `refs/heads/<branch>` of origin by explicit refspec, never forced; the remote holds the
    /// HEAD afterwards, or it throws.
    func push(_ worktree: Worktree) throws(RepositoryError)

    /// `git diff --stat` and `git log --oneline` against the base, bounded: what earlier attempts did.
    func summaryForRetry(of worktree: Worktree) throws(RepositoryError) -> String

    /// What a finished task has left here, and whether all of it is somewhere else too; fetches the base.
    ///
    /// - Parameter merged: the commit that the forge says it has merged; nil where it has not.
    func remains(branch: String?, worktree: String?, merged: String?) throws(RepositoryError) -> Remains

    /// Removes what was found to be proven.
    func remove(_ left: Remains.Leftovers) throws(RepositoryError)

    /// Tracked files, at most `limit`, sorted.
    func files(in worktree: String, limit: Int) throws(RepositoryError) -> [String]
}

package struct Worktree: Equatable, Sendable {
    package let path: String
    package let branch: String
    /// The base branch's short name (`main`).
    package let base: String
    /// The base's commit at preparation.
    package let baseCommit: String
    package let hasRemote: Bool

    package init(path: String, branch: String, base: String, baseCommit: String, hasRemote: Bool) {
        self.path = path
        self.branch = branch
        self.base = base
        self.baseCommit = baseCommit
        self.hasRemote = hasRemote
    }
}

/// Author and committer.
package struct Identity: Equatable, Sendable {
    package let name: String
    package let email: String

    package init(name: String, email: String) {
        self.name = name
        self.email = email
    }
}

package enum RepositoryError: Error, Equatable, Sendable {
    case notARepository(path: String)
    /// No commit to start from.
    case empty(path: String)
    /// The remote could not be reached; nothing was begun on an old base.
    case fetchFailed(detail: String)
    /// The remote denies the right, or there is none: waiting does not help.
    case fetchRefused(detail: String)
    case worktreeFailed(path: String, detail: String)
    case commitFailed(detail: String)
    /// HEAD is elsewhere, without a commit of its own, while the task's branch has this many.
    case branchLeft(branch: String, path: String, commits: Int)
    /// The remote's branch and the worktree's each have commits that the other lacks.
    case diverged(branch: String, path: String)
    /// The remote refused: protected branch, hook, missing right.
    case pushRejected(detail: String)
    /// The remote could not be reached.
    case pushFailed(detail: String)
    /// `networkSettings` are not those that a person has accepted.
    case settingsChanged([String])
    case programMissing(String)
    case failed(command: String, detail: String)
}

extension RepositoryError: Explained {
    package var problem: String {
        switch self {
        case .notARepository(let path): "\(path) is no git repository"
        case .empty(let path): "\(path) has no commit to start from"
        case .fetchFailed(let detail): "git fetch failed: \(detail)"
        case .fetchRefused(let detail): "the remote cannot be fetched from: \(detail)"
        case .branchLeft(let branch, _, let commits):
            "the worktree has left the branch \(branch), which holds \(commits) "
                + (commits == 1 ? "commit" : "commits")
        case .diverged(let branch, _): "both the remote and the worktree have work on \(branch)"
        case .worktreeFailed(let path, let detail): "no worktree at \(path): \(detail)"
        case .commitFailed(let detail): "git commit failed: \(detail)"
        case .pushRejected(let detail): "the remote refused the push: \(detail)"
        case .pushFailed(let detail): "git push failed: \(detail)"
        case .settingsChanged(let names):
            "the repository's own git settings have changed, and orch does not show them its login: "
                + names.joined(separator: ", ")
        case .programMissing(let name): "program “\(name)” is not on PATH"
        case .failed(let command, let detail): "\(command) failed: \(detail)"
        }
    }

    package var fix: String {
        switch self {
        case .notARepository: "run `git init` there, or correct the project with `orch project add DIR`"
        case .empty: "make a first commit, then `orch task retry ID`"
        case .fetchFailed: "check the network and `git remote -v`; it is tried again by itself"
        case .fetchRefused: "check `git remote -v` and the access (`orch doctor`), then `orch task retry ID`"
        case .branchLeft(let branch, let path, _):
            "`git -C \(path) checkout \(branch)` goes back to it, then `orch task retry ID`"
        case .diverged(let branch, let path):
            "`git -C \(path) pull --rebase origin \(branch)` puts the worktree's commits on top, `git -C \(path) "
                + "reset --hard origin/\(branch)` drops them; then `orch task retry ID`"
        case .pushFailed:
            "the commits are safe in the worktree; check the network and `git remote -v`, then `orch task retry ID`"
        case .worktreeFailed: "look at that path; `git worktree list` shows what git knows"
        case .commitFailed: "look at the worktree; the work is still there"
        case .pushRejected:
            "the commits are safe in the worktree; allow the branch, or correct `git remote -v`; then `orch task retry ID`"
        case .settingsChanged:
            "an agent can write them: undo it (`git config --unset NAME`), or accept them with `orch init`; "
                + "then `orch task retry ID`"
        case .programMissing(let name): "install `\(name)`"
        case .failed: "run the command by hand to see more"
        }
    }
}
