package import OrchCore
import Platform
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Work is never deleted unproven.
extension GitRepository {
    /// 1. The folder has to be a worktree without a change, or empty. 2. What there is to lose: the commits
    /// of the worktree's HEAD and of the branch. 3. The base and origin's picture of the branch are fetched.
    /// 4. Each commit has to be on the remote, or merged, in whatever form.
    package func remains(
        branch: String?, worktree path: String?, merged: String?
    ) throws(RepositoryError) -> Remains {
        guard let layout = GitDirectory(of: directory) else { throw .notARepository(path: directory) }
        var left = Remains.Leftovers()
        var commits: [String] = []
        if let path, FileStatus.ifPresent(path, followingLinks: false) != nil {
            if let obstacle = try obstacle(in: path, layout: layout) { return .unproven(obstacle) }
            left.worktree = path
            left.isWorktree = isSound(path, layout)
            if left.isWorktree { commits.append(try head(of: path)) }
        }
        if let branch, !branch.isEmpty, let reference = try local(branch) {
            left.branch = branch
            left.commit = reference.commit
            commits += [reference.commit].compactMap { $0 }
        }
        if left.worktree == nil, left.branch == nil { return .nothing }
        if commits.isEmpty { return .proven(left) }
        let base = try freshBase(layout, branch: branch ?? "")
        for commit in Set(commits).sorted()
        where try !isProven(commit, base: base, branch: branch, merged: merged) {
            return .unproven("commit \(commit.prefix(12)) is neither on the remote nor merged")
        }
        return .proven(left)
    }

    /// What keeps a folder from being removed; nil: nothing.
    private func obstacle(in path: String, layout: GitDirectory) throws(RepositoryError) -> String? {
        if GitDirectory.canonical(path) == GitDirectory.canonical(directory) {
            return "it is the main checkout"
        }
        guard isSound(path, layout) else {
            let isEmpty = (try? Directory.names(in: path))?.isEmpty == true
            return isEmpty ? nil : "\(path) is no worktree of this repository any more, and not empty"
        }
        let status = GitStatus(try git.output(GitCommands.status(in: path)).standardOutput)
        if !status.isClean { return "\(path) has changes that are not committed" }
        if GitDirectory(of: path)?.isRebasing == true { return "\(path) is in the middle of a rebase" }
        return nil
    }

    /// The branch here. One that git lists nowhere may still have a file that leads nowhere.
    ///
    /// - Returns: nil where there is none.
    private func local(_ branch: String) throws(RepositoryError) -> (commit: String?, branch: String)? {
        let name = "refs/heads/\(branch)"
        let found = GitReference.parse(try git.output(GitCommands.references([name], in: directory)).text)
        if let reference = found.first(where: { $0.name == name }) { return (reference.commit, branch) }
        let isThere = try git.attempt(GitCommands.exists(name, in: directory)).succeeded
        return isThere ? (nil, branch) : nil
    }

    private func isProven(
        _ commit: String, base: GitBase, branch: String?, merged: String?
    ) throws(RepositoryError) -> Bool {
        // The forge keeps what it has merged.
        if commit == merged { return true }
        var places = [base.reference]
        // Fetched together with the base; what origin has dropped was pruned.
        if base.hasRemote, let branch { places.append("refs/remotes/origin/\(branch)") }
        for place in places
        where try git.attempt(GitCommands.isAncestor(commit, of: place, in: directory)).succeeded {
            return true
        }
        let tree = try git.attempt(
            GitCommands.mergedTree(of: commit, with: base.reference, in: directory))
        guard tree.succeeded else { return false }
        let own = try git.output(GitCommands.tree(of: base.reference, in: directory))
        return tree.text.prefix { $0 != "\n" } == own.text.prefix { $0 != "\n" }
    }

    /// The worktree first: a branch that is checked out cannot go. Neither goes where it has changed since it
    /// was looked at.
    package func remove(_ left: Remains.Leftovers) throws(RepositoryError) {
        if let path = left.worktree { try removeWorktree(path, isWorktree: left.isWorktree) }
        if let branch = left.branch {
            _ = try git.output(
                left.commit.map { GitCommands.deleteBranch(branch, at: $0, in: directory) }
                    ?? GitCommands.deleteBranch(branch, in: directory))
        }
        // What that leaves unused goes in git's own time; where that fails nothing is lost.
        _ = try git.attempt(GitCommands.maintain(in: directory))
    }

    /// git looks once more, and refuses where there is something; only of an empty folder it knows nothing.
    private func removeWorktree(_ path: String, isWorktree: Bool) throws(RepositoryError) {
        let output = try git.attempt(
            GitCommands.removeWorktree(at: path, force: !isWorktree, in: directory))
        if isWorktree {
            guard output.succeeded else {
                throw .worktreeFailed(path: path, detail: GitText.detail(of: output))
            }
        } else if rmdir(path) != 0, errno != ENOENT {
            throw .worktreeFailed(path: path, detail: SystemError("rmdir", on: path, code: errno).problem)
        }
    }
}
