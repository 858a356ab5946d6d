import OrchCore
import Subprocess

/// The command lines of git, as values. Each asks for all it can in one start, because starts are what costs.
///
/// Names from outside stand only where they cannot be taken for options: inside a ref, or after `--`.
enum GitCommands {
    /// git without a network and without a checkout: it answers at once, unless the disk does not.
    private static let shortTime = Duration.seconds(60)
    /// What walks, writes or hashes the whole tree, or runs the user's hooks.
    private static let treeTime = Duration.seconds(600)
    private static let networkTime = Duration.seconds(300)
    /// One line of `ls-files` or `status` for each of some hundred thousand files.
    private static let listLimitBytes = 64 << 20

    static func git(_ arguments: [String], in directory: String) -> Command {
        Command("git", arguments: arguments).with {
            $0.workingDirectory = directory
            $0.limits = .init(timeout: shortTime)
        }
    }

    // MARK: - The remote

    /// Brings the base up to date, and whatever origin has of `branch`.
    ///
    /// The refspecs are spelled out because a bare clone has none. A pattern may match nothing, where the
    /// exact name of an absent branch would fail the fetch. Pruning drops the picture of a branch that
    /// origin has dropped, which must not be taken for one to go on with. `FETCH_HEAD` is not written:
    /// tasks that start together share it. `maintain` is for another time: an agent waits for this.
    static func fetch(base: String, branch: String, in directory: String) -> Command {
        let refspecs = [base, "\(branch)*"].map { "+refs/heads/\($0):refs/remotes/origin/\($0)" }
        let options = [
            "--quiet", "--no-tags", "--prune", "--no-write-fetch-head", "--no-recurse-submodules",
            "--no-auto-maintenance",
        ]
        return overNetwork(["fetch"] + options + ["origin"] + refspecs, in: directory)
    }

    /// What git does by itself after a fetch: nothing, until there is enough to tidy up.
    static func maintain(in directory: String) -> Command {
        git(["maintenance", "run", "--auto", "--quiet"], in: directory).with { $0.limits.timeout = treeTime }
    }

    static func fetchAll(in directory: String) -> Command {
        overNetwork(["fetch", "--all", "--prune", "--quiet", "--no-recurse-submodules"], in: directory)
    }

    static func remoteDefault(in directory: String) -> Command {
        overNetwork(["ls-remote", "--symref", "origin", "HEAD"], in: directory)
    }

    /// Pushes HEAD, so that what the agent has committed goes even where it left the branch.
    ///
    /// The fetch refspec given here has git note what origin holds now also in a bare clone; a mirror's
    /// setting would forbid the refspec.
    static func push(to branch: String, in directory: String) -> Command {
        let settings = [
            "remote.origin.mirror=false", "remote.origin.fetch=+refs/heads/*:refs/remotes/origin/*",
        ]
        let options = ["--porcelain", "--no-follow-tags", "--recurse-submodules=no", "--no-signed"]
        return overNetwork(
            ["push"] + options + ["origin", "HEAD:refs/heads/\(branch)"], settings, in: directory)
    }

    /// With the user's hooks off: an agent can write them, and this is where credentials are at hand.
    private static func overNetwork(
        _ arguments: [String], _ settings: [String] = [], in directory: String
    ) -> Command {
        let all = ["core.hooksPath=/dev/null"] + settings
        return git(all.flatMap { ["-c", $0] } + arguments, in: directory).with {
            $0.limits.timeout = networkTime
        }
    }

    /// Answers with exit status 1 where there is no such remote.
    static func originAddress(in directory: String) -> Command {
        git(["config", "--get", "remote.origin.url"], in: directory)
    }

    /// Every setting of every scope, included files too: `SCOPE <NUL> NAME <newline> VALUE <NUL>`.
    static func settings(in directory: String) -> Command {
        git(["config", "--list", "--includes", "--show-scope", "-z"], in: directory)
    }

    static func rememberDefault(_ base: String, in directory: String) -> Command {
        git(["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/\(base)"], in: directory)
    }

    // MARK: - Refs and worktrees

    static func headReference(in directory: String) -> Command {
        git(["symbolic-ref", "--quiet", "HEAD"], in: directory)
    }

    static func references(_ names: [String], in directory: String) -> Command {
        git(["for-each-ref", "--format=\(GitReference.format)"] + names, in: directory)
    }

    /// Checks an existing branch out.
    static func addWorktree(at path: String, of branch: String, force: Bool, in directory: String) -> Command
    {
        worktree(["add", "--quiet"] + (force ? ["--force"] : []) + ["--", path, branch], in: directory)
    }

    /// Makes the branch. Without tracking, so that a bare `git push` of the agent's cannot aim at the base.
    static func addWorktree(
        at path: String, newBranch: String, from start: String, force: Bool, in directory: String
    ) -> Command {
        let options = ["add", "--quiet", "--no-track", "-b", newBranch] + (force ? ["--force"] : [])
        return worktree(options + ["--", path, start], in: directory)
    }

    static func repairWorktree(at path: String, in directory: String) -> Command {
        worktree(["repair", "--", path], in: directory)
    }

    /// - Parameter force: the folder is an empty one.
    static func removeWorktree(at path: String, force: Bool, in directory: String) -> Command {
        worktree(["remove", path] + (force ? ["--force"] : []), in: directory)
    }

    /// Exit status 0 where there is such a ref, even one that leads nowhere.
    static func exists(_ reference: String, in directory: String) -> Command {
        git(["show-ref", "--verify", "--quiet", reference], in: directory)
    }

    /// Refused where the branch has another commit by now.
    static func deleteBranch(_ branch: String, at commit: String, in directory: String) -> Command {
        git(["update-ref", "-d", "refs/heads/\(branch)", commit], in: directory)
    }

    /// One that leads nowhere.
    static func deleteBranch(_ branch: String, in directory: String) -> Command {
        // v0's users read git's calls without `--`; it stands only before what would be an option.
        git(["branch", "-D"] + (branch.hasPrefix("-") ? ["--"] : []) + [branch], in: directory)
    }

    private static func worktree(_ arguments: [String], in directory: String) -> Command {
        git(["worktree"] + arguments, in: directory).with { $0.limits.timeout = treeTime }
    }

    static func fastForward(to reference: String, in worktree: String) -> Command {
        git(["merge", "--ff-only", "--quiet", reference], in: worktree).with { $0.limits.timeout = treeTime }
    }

    // MARK: - Commits

    /// Without renames, so that each change is one record; without the insides of submodules, which `add`
    /// leaves too.
    static func status(in worktree: String) -> Command {
        let options = ["--porcelain=v2", "-z", "--no-renames", "--untracked-files=normal"]
        return git(["status"] + options + ["--ignore-submodules=dirty"], in: worktree).with {
            $0.limits = .init(timeout: treeTime, outputBytes: listLimitBytes)
        }
    }

    static func stageAll(in worktree: String) -> Command {
        git(["add", "--all", "--", "."], in: worktree).with { $0.limits.timeout = treeTime }
    }

    /// Commits the index, with the message by standard input and the full SHA in the answer.
    ///
    /// The user's hooks run. Signing is off: an agent's commit is not the user's to sign, and a passphrase
    /// prompt has nobody to answer it.
    static func commit(_ message: String, author: Identity, in worktree: String) -> Command {
        let settings = ["core.abbrev=no", "commit.gpgSign=false", "maintenance.auto=false"].flatMap {
            ["-c", $0]
        }
        return git(settings + ["commit", "--cleanup=whitespace", "--no-status", "--file=-"], in: worktree)
            .with {
                $0.input = .text(message)
                $0.environment = [
                    "GIT_AUTHOR_NAME": author.name, "GIT_AUTHOR_EMAIL": author.email,
                    "GIT_COMMITTER_NAME": author.name, "GIT_COMMITTER_EMAIL": author.email,
                ]
                $0.limits.timeout = treeTime
            }
    }

    /// Exit status 0 where the index holds nothing new.
    static func isIndexClean(in worktree: String) -> Command {
        git(["diff", "--cached", "--quiet", "--ignore-submodules=dirty"], in: worktree)
    }

    /// Prints how many commits lead to `base` alone, a tab, and how many to `tip` alone.
    static func distance(of tip: String, from base: String, in worktree: String) -> Command {
        git(["rev-list", "--count", "--left-right", "\(base)...\(tip)", "--"], in: worktree)
    }

    /// The tree that a merge of HEAD into `base` would give, without making it. Exit status 1 where they
    /// conflict; another before git 2.38, which cannot tell.
    static func mergedTree(with base: String, in worktree: String) -> Command {
        git(["merge-tree", "--write-tree", "--no-messages", base, "HEAD"], in: worktree).with {
            $0.limits.timeout = treeTime
        }
    }

    /// As above, for any commit, and from a bare repository too.
    static func mergedTree(of commit: String, with base: String, in directory: String) -> Command {
        git(["merge-tree", "--write-tree", "--no-messages", base, commit], in: directory).with {
            $0.limits.timeout = treeTime
        }
    }

    static func tree(of commit: String, in worktree: String) -> Command {
        git(["rev-parse", "--verify", "\(commit)^{tree}"], in: worktree)
    }

    /// Exit status 0 where `newer` holds all of `older`.
    static func isAncestor(_ older: String, of newer: String, in worktree: String) -> Command {
        git(["merge-base", "--is-ancestor", older, newer], in: worktree)
    }

    // MARK: - For prompts

    static func log(since base: String, count: Int, in worktree: String) -> Command {
        let options = ["--no-show-signature", "--no-decorate", "--max-count=\(count)", "--format=%h %s"]
        return git(["log"] + options + ["\(base)..HEAD", "--"], in: worktree)
    }

    /// The worktree against where it left the base, what is not committed included.
    static func summary(since base: String, fileCount: Int, in worktree: String) -> Command {
        let options = ["--stat=100", "--stat-count=\(fileCount)", "--no-ext-diff", "--merge-base"]
        return git(["-c", "core.quotePath=false", "diff"] + options + [base, "--"], in: worktree).with {
            $0.limits.timeout = treeTime
        }
    }

    static func trackedFiles(in worktree: String) -> Command {
        git(["ls-files", "-z"], in: worktree).with { $0.limits.outputBytes = listLimitBytes }
    }
}
