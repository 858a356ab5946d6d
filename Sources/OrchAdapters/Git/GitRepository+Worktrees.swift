package import OrchCore
import Platform
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension GitRepository {
    /// 1. The base is fetched. 2. One question tells what there is of the branch. 3. The worktree is found,
    /// repaired or made. 4. orch's own files are kept out of commits.
    ///
    /// A crash between any two leaves what the next call finds and goes on with. Nothing is ever deleted: a
    /// folder that is in the way and is no worktree of this repository is moved aside.
    ///
    /// The submodules of a new worktree are empty folders, as `git worktree add` leaves them.
    package func prepareWorktree(
        branch: String, path: String, exclude: [String]
    ) throws(RepositoryError) -> Worktree {
        guard let layout = GitDirectory(of: directory) else { throw .notARepository(path: directory) }
        let base = try freshBase(layout, branch: branch)
        let (place, baseCommit) = try findOrMake(branch, base, layout: layout, path: path)
        do throws(SystemError) {
            try GitExclude.add(exclude, in: layout)
        } catch {
            throw .worktreeFailed(path: place, detail: error.problem)
        }
        return Worktree(
            path: place, branch: branch, base: base.name, baseCommit: baseCommit, hasRemote: base.hasRemote)
    }

    /// Steps 2 and 3, again while other tasks' worktrees are just being made: git reads the administrative
    /// files of all of them and gives up on a half-written one. Each time everything is looked at anew,
    /// since the branch may have been made before it gave up.
    private func findOrMake(
        _ branch: String, _ base: GitBase, layout: GitDirectory, path: String
    ) throws(RepositoryError) -> (place: String, baseCommit: String) {
        var wait = GrowingPause(patience: GitRunner.lockPatience)
        while true {
            let site = try look(at: branch, base, layout: layout, path: path)
            do throws(RepositoryError) {
                return (try settle(site), site.baseCommit)
            } catch {
                guard case .worktreeFailed(_, let detail) = error, GitText.isPassing(detail), wait.pause()
                else {
                    throw error
                }
            }
        }
    }

    /// What is known before a worktree is touched.
    private struct Site {
        let layout: GitDirectory
        let path: String
        let branch: String
        let baseCommit: String
        /// The branch here; nil where there is none yet.
        let local: GitReference?
        /// The branch as origin has it; nil where it has none.
        let remote: GitReference?
    }

    private func look(
        at branch: String, _ base: GitBase, layout: GitDirectory, path: String
    ) throws(RepositoryError) -> Site {
        let names = ["refs/heads/\(branch)", "refs/remotes/origin/\(branch)"]
        let output = try git.output(GitCommands.references(names + [base.reference], in: directory))
        let found = GitReference.parse(output.text)
        let baseCommit =
            ObjectName.isValid(base.reference)
            ? base.reference : found.first { $0.name == base.reference }?.commit
        guard let baseCommit else { throw .empty(path: directory) }
        return Site(
            layout: layout, path: path, branch: branch, baseCommit: baseCommit,
            local: found.first { $0.name == names[0] },
            // Without a remote, what is left of one is no news of the branch.
            remote: base.hasRemote ? found.first { $0.name == names[1] } : nil)
    }

    /// - Returns: the path of a worktree that is there and sound.
    private func settle(_ site: Site) throws(RepositoryError) -> String {
        // An agent may have left the branch, so what is checked out at our own path does not matter.
        if isSound(site.path, site.layout) {
            try catchUp(site, in: site.path)
            return site.path
        }
        guard let known = site.local?.worktree else { return try add(site, force: false) }
        if GitDirectory.canonical(known) == GitDirectory.canonical(directory) {
            throw .worktreeFailed(
                path: site.path,
                detail: "“\(site.branch)” is checked out in the main checkout; switch it to another")
        }
        if FileStatus.ifPresent(known) != nil {
            if !isSound(known, site.layout) {
                _ = try git.attempt(GitCommands.repairWorktree(at: known, in: directory))
            }
            if isSound(known, site.layout) {
                try catchUp(site, in: known)
                return known
            }
            try moveAside(known)
        }
        return try add(site, force: true)
    }

    /// Whether `path` is the top of a linked worktree of this repository.
    func isSound(_ path: String, _ layout: GitDirectory) -> Bool {
        guard let found = GitDirectory(of: path), found != layout else { return false }
        let isLinked = GitDirectory.canonical(found.own) != GitDirectory.canonical(found.common)
        return isLinked && found.sharesRepository(with: layout)
    }

    /// An agent can delete its worktree's `.git`, or make a repository of its own there: what git says and
    /// does in such a folder is not about the task.
    ///
    /// - Throws: `worktreeFailed` where `path` is no worktree of this repository any more.
    func checkWorktree(_ path: String) throws(RepositoryError) {
        guard let layout = GitDirectory(of: directory) else { throw .notARepository(path: directory) }
        if isSound(path, layout) { return }
        let detail =
            FileStatus.ifPresent(path) == nil
            ? "the folder is gone"
            : "its `.git` is gone or another repository's; the files in it are left as they are"
        throw .worktreeFailed(path: path, detail: detail)
    }

    /// - Parameter force: the branch's worktree is known to be gone, and git still lists it.
    private func add(_ site: Site, force: Bool) throws(RepositoryError) -> String {
        try moveAside(site.path)
        let output = try git.once(command(toAdd: site, force: force))
        if output.succeeded {
            if site.local != nil { try catchUp(site, in: site.path) }
            return site.path
        }
        // git may still list a worktree at this path that was on another branch and is gone.
        if !force, FileStatus.ifPresent(site.path) == nil,
            try git.once(command(toAdd: site, force: true)).succeeded
        {
            return site.path
        }
        throw .worktreeFailed(path: site.path, detail: GitText.detail(of: output))
    }

    private func command(toAdd site: Site, force: Bool) -> Command {
        if site.local != nil {
            return GitCommands.addWorktree(at: site.path, of: site.branch, force: force, in: directory)
        }
        return GitCommands.addWorktree(
            at: site.path, newBranch: site.branch, from: site.remote?.commit ?? site.baseCommit, force: force,
            in: directory)
    }

    /// Takes over what another machine has pushed to the branch, where that is a mere step ahead.
    ///
    /// - Throws: `diverged` where both sides have work: no push could succeed, so no agent is to start.
    private func catchUp(_ site: Site, in worktree: String) throws(RepositoryError) {
        guard let local = site.local, let remote = site.remote, local.commit != remote.commit,
            GitDirectory(of: worktree)?.head == .ref(local.name)
        else { return }
        if try git.attempt(GitCommands.fastForward(to: remote.name, in: worktree)).succeeded { return }
        // Where only files that are not committed are in the way, the agent sees to them.
        let isBehind = GitCommands.isAncestor(local.commit, of: remote.commit, in: worktree)
        guard try git.attempt(isBehind).exit == .exited(1) else { return }
        throw .diverged(branch: site.branch, path: worktree)
    }

    /// As many earlier leftovers as anybody keeps.
    private static let asideLimit = 100

    /// Renames what is at `path` and is no empty folder to `path.aside-1`, `-2` …: it may be the only copy
    /// of work.
    private func moveAside(_ path: String) throws(RepositoryError) {
        guard let status = FileStatus.ifPresent(path, followingLinks: false) else { return }
        // A folder that cannot be listed counts as full.
        if status.kind == .directory, (try? Directory.names(in: path))?.isEmpty == true { return }
        for number in 1...Self.asideLimit {
            let aside = "\(path).aside-\(number)"
            if FileStatus.ifPresent(aside, followingLinks: false) != nil { continue }
            if rename(path, aside) == 0 { return }
            throw .worktreeFailed(path: path, detail: SystemError("rename", on: path, code: errno).problem)
        }
        throw .worktreeFailed(path: path, detail: "it is in the way, and \(path).aside-1 and so on are taken")
    }
}
