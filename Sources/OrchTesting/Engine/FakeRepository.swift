package import OrchCore

/// A repository in memory: what an agent changed waits in a worktree, commits are numbered,
/// and a push copies the head.
package final class FakeRepository: Repository {
    package enum Operation: Sendable { case prepare, commit, count, push, remains, remove }

    private let fuse: Fuse
    package var hasRemote = true
    package var settings: [String: String] = [:]
    /// Worktrees with work that is not committed.
    package var dirty: Set<String> = []
    package private(set) var worktrees: [String: Worktree] = [:]
    /// The messages of the commits, by branch.
    package private(set) var commits: [String: [String]] = [:]
    /// How many commits of a branch the remote holds.
    package private(set) var pushed: [String: Int] = [:]
    package private(set) var pushCount = 0
    package private(set) var authors: [Identity] = []
    private var failures: [Operation: [RepositoryError]] = [:]

    package init(fuse: Fuse) { self.fuse = fuse }

    /// Makes the next `times` calls of this operation fail, before they do anything.
    package func fail(_ operation: Operation, with error: RepositoryError, times: Int = 1) {
        failures[operation, default: []] += Array(repeating: error, count: times)
    }

    private func call<Value>(
        _ operation: Operation, _ work: () throws(RepositoryError) -> Value
    ) throws(RepositoryError) -> Value {
        let dead = RepositoryError.failed(command: "git", detail: "dead")
        return try fuse.guarding(dead: dead) { () throws(RepositoryError) in
            if var queue = failures[operation], !queue.isEmpty {
                let error = queue.removeFirst()
                failures[operation] = queue
                throw error
            }
            return try work()
        }
    }

    /// A branch that was there before orch, with a commit.
    package func adopt(_ branch: String) { commits[branch] = ["theirs"] }

    package func networkSettings(in worktree: Worktree?) throws(RepositoryError) -> [String: String] {
        settings
    }

    package func branches(_ prefix: String) throws(RepositoryError) -> [String] {
        commits.keys.filter { $0.hasPrefix(prefix) }.sorted()
    }

    package func prepareWorktree(
        branch: String, path: String, exclude: [String]
    ) throws(RepositoryError) -> Worktree {
        try call(.prepare) { () throws(RepositoryError) in
            let worktree = Worktree(
                path: path, branch: branch, base: "main", baseCommit: "0", hasRemote: hasRemote)
            worktrees[path] = worktree
            return worktree
        }
    }

    package func commitAll(
        in worktree: String, message: String, author: Identity
    ) throws(RepositoryError) -> String? {
        try call(.commit) { () throws(RepositoryError) in
            guard dirty.remove(worktree) != nil, let branch = worktrees[worktree]?.branch else { return nil }
            commits[branch, default: []].append(message)
            authors.append(author)
            return "\(commits[branch]?.count ?? 0)"
        }
    }

    package func commitsAhead(of worktree: Worktree) throws(RepositoryError) -> Int {
        try call(.count) { () throws(RepositoryError) in commits[worktree.branch]?.count ?? 0 }
    }

    package func push(_ worktree: Worktree) throws(RepositoryError) {
        try call(.push) { () throws(RepositoryError) in
            let count = commits[worktree.branch]?.count ?? 0
            if pushed[worktree.branch] != count { pushCount += 1 }
            pushed[worktree.branch] = count
        }
    }

    /// Proven is what was pushed, or has nothing to lose.
    package func remains(
        branch: String?, worktree path: String?, merged: String?
    ) throws(RepositoryError) -> Remains {
        try call(.remains) { () throws(RepositoryError) in
            var left = Remains.Leftovers()
            if let path, worktrees[path] != nil {
                left.worktree = path
                left.isWorktree = true
                if dirty.contains(path) { return .unproven("\(path) has changes that are not committed") }
            }
            if let branch, let own = commits[branch] {
                left.branch = branch
                left.commit = "\(own.count)"
                if pushed[branch] != own.count, merged != left.commit {
                    return .unproven("commit \(own.count) is neither on the remote nor merged")
                }
            }
            return left == Remains.Leftovers() ? .nothing : .proven(left)
        }
    }

    package func remove(_ left: Remains.Leftovers) throws(RepositoryError) {
        try call(.remove) { () throws(RepositoryError) in
            if let path = left.worktree { worktrees[path] = nil }
            if let branch = left.branch { commits[branch] = nil }
        }
    }

    package func summaryForRetry(of worktree: Worktree) throws(RepositoryError) -> String {
        "\(commits[worktree.branch]?.count ?? 0) commits"
    }

    package func files(in worktree: String, limit: Int) throws(RepositoryError) -> [String] { [] }
}
