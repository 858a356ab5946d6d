package import OrchCore
import Subprocess

extension GitRepository {
    package func commitAll(
        in worktree: String, message: String, author: Identity
    ) throws(RepositoryError) -> String? {
        try checkWorktree(worktree)
        // `git add` takes files with conflict marks for resolved, so conflicts have to be looked for first.
        let status = GitStatus(try git.output(GitCommands.status(in: worktree)).standardOutput)
        try refuseUnfinished(status, in: worktree)
        if status.isClean { return nil }
        _ = try git.output(GitCommands.stageAll(in: worktree))
        let output = try git.attempt(GitCommands.commit(message, author: author, in: worktree))
        if output.succeeded {
            if let commit = CommitAnswer.commit(in: output.text) { return commit }
            return try head(of: worktree)
        }
        // What was only line endings is gone once it is staged; a hook that says no has the same exit status.
        if try git.attempt(GitCommands.isIndexClean(in: worktree)).succeeded { return nil }
        throw .commitFailed(detail: GitText.detail(of: output))
    }

    private func refuseUnfinished(_ status: GitStatus, in worktree: String) throws(RepositoryError) {
        if let path = status.unmerged.first {
            let count = status.unmerged.count
            let more = count == 1 ? "" : " and \(count - 1) more"
            throw .commitFailed(detail: "unresolved conflict in \(path)\(more)")
        }
        if GitDirectory(of: worktree)?.isRebasing == true {
            throw .commitFailed(
                detail: "a rebase is in progress; end it with `git rebase --continue` or `--abort`")
        }
    }

    func head(of worktree: String) throws(RepositoryError) -> String {
        let output = try git.output(GitCommands.git(["rev-parse", "--verify", "HEAD"], in: worktree))
        return String(output.text.prefix { $0 != "\n" })
    }

    /// One start where the base has stood still, three where it has moved.
    package func commitsAhead(of worktree: Worktree) throws(RepositoryError) -> Int {
        try checkWorktree(worktree.path)
        let head = try distance(of: "HEAD", in: worktree)
        if head.ahead > 0 {
            // A base that has not moved cannot hold work that was made on it.
            if head.behind > 0, try addsNothing(worktree) { return 0 }
            return head.ahead
        }
        let left = try distance(of: "refs/heads/\(worktree.branch)", in: worktree).ahead
        if left > 0 { throw .branchLeft(branch: worktree.branch, path: worktree.path, commits: left) }
        return 0
    }

    /// How many commits only `tip` has, and how many only the base.
    ///
    /// None also where there is no such ref: an agent may have renamed or deleted its branch.
    private func distance(
        of tip: String, in worktree: Worktree
    ) throws(RepositoryError) -> (behind: Int, ahead: Int) {
        let output = try git.attempt(
            GitCommands.distance(of: tip, from: worktree.baseCommit, in: worktree.path))
        guard output.succeeded else {
            guard tip == "HEAD" else { return (0, 0) }
            throw .failed(command: "git rev-list", detail: GitText.detail(of: output))
        }
        let counts = output.text.split { $0 == "\t" || $0 == "\n" }.map { Int($0) ?? 0 }
        return (counts.first ?? 0, counts.dropFirst().first ?? 0)
    }

    /// Whether the base holds all of the work in other commits, as after a squash merge.
    private func addsNothing(_ worktree: Worktree) throws(RepositoryError) -> Bool {
        let merged = try git.attempt(GitCommands.mergedTree(with: worktree.baseCommit, in: worktree.path))
        // A conflict is a difference; a git that cannot tell leaves it at the count.
        guard merged.succeeded else { return false }
        let tree = try git.output(GitCommands.tree(of: worktree.baseCommit, in: worktree.path))
        return merged.text.prefix { $0 != "\n" } == tree.text.prefix { $0 != "\n" }
    }

    package func push(_ worktree: Worktree) throws(RepositoryError) {
        try checkWorktree(worktree.path)
        let output = try git.attempt(GitCommands.push(to: worktree.branch, in: worktree.path), .network)
        let report = PushReport(about: "refs/heads/\(worktree.branch)", in: output.text)
        if let report, report.isDiverged {
            throw .diverged(branch: worktree.branch, path: worktree.path)
        }
        if let report, !report.isAccepted {
            throw .pushRejected(detail: "\(report.summary)\n\(GitText.detail(of: output))")
        }
        // Accepted only if the server says so of this very ref and git ended well.
        if output.succeeded, report != nil { return }
        let detail = GitText.detail(of: output)
        throw RemoteFailure.isFinal(output.errorText)
            ? .pushRejected(detail: detail) : .pushFailed(detail: detail)
    }
}
