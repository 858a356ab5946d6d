import JSON
import OrchCore

extension RunHost {
    /// orch's own files, which no commit of an agent may carry.
    private static let ownFiles = ["/.orchestrator/", "/.orch/"]

    /// A worktree on the task's branch. A host that takes over reads back what was prepared: its agent may be
    /// at work, and must not go unwatched for as long as a network is away.
    func prepareWorktree() throws -> Worktree {
        let repository = ports.common.repository(project)
        let image = try perform(.worktree) { _ in
            let (branch, path) = try place(in: repository)
            let worktree = try patiently {
                try checkSettings(nil, in: repository)
                return try repository.prepareWorktree(branch: branch, path: path, exclude: Self.ownFiles)
            }
            try record(worktree)
            return WorktreeImage.text(of: worktree)
        }
        guard let worktree = WorktreeImage.worktree(in: image) else {
            throw RepositoryError.failed(command: "git worktree", detail: "“\(image)” is no record of one")
        }
        return worktree
    }

    /// The task's own branch; else one that v0 made for the issue, whatever its title was then; else a new
    /// one.
    private func place(in repository: any Repository) throws -> (branch: String, path: String) {
        var branch = task.branch
        if branch == nil, run.task.backend == .github {
            branch = try repository.branches(BranchNaming.prefix(for: run.task)).first
        }
        let name = branch ?? BranchNaming.branch(for: run.task, title: task.title)
        return (name, task.worktree ?? "\(project.directory)/.orchestrator/worktrees/\(name)")
    }

    /// Before a remote is shown a login: see `AcceptedSettings`.
    func checkSettings(_ worktree: Worktree?, in repository: any Repository) throws {
        let settings = try repository.networkSettings(in: worktree)
        try AcceptedSettings(of: project.id, store: store).check(settings)
    }

    private func record(_ worktree: Worktree) throws {
        try store.note(
            run.id, session: nil, branch: worktree.branch, worktree: worktree.path, model: run.model)
        // Before the row that says so: a host killed in between runs it once more, not never.
        if task.worktree != worktree.path { hook("on_worktree_created", in: worktree) }
        try store.change(run.task, [.branch(worktree.branch), .worktree(worktree.path)])
        mirror(["branch": .text(worktree.branch), "worktree": .text(worktree.path)])
        tell("worktree \(worktree.path) on \(worktree.branch), from \(worktree.base)")
    }
}

/// A worktree as the result of its step.
private enum WorktreeImage {
    static func text(of worktree: Worktree) -> String {
        let object: JSONObject = [
            "path": .string(worktree.path), "branch": .string(worktree.branch),
            "base": .string(worktree.base),
            "base_commit": .string(worktree.baseCommit), "has_remote": .bool(worktree.hasRemote),
        ]
        return JSONValue.object(object).text()
    }

    static func worktree(in text: String) -> Worktree? {
        guard let image = try? JSONValue(parsing: text), let path = image["path"].string,
            let branch = image["branch"].string, let base = image["base"].string,
            let commit = image["base_commit"].string
        else { return nil }
        return Worktree(
            path: path, branch: branch, base: base, baseCommit: commit,
            hasRemote: image["has_remote"].bool ?? false)
    }
}
