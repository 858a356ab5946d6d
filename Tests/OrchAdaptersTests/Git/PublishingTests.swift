import OrchCore
import Platform
import Subprocess
import Testing

@testable import OrchAdapters

@Suite(.requires("git"))
struct PublishingTests {
    let sandbox: GitSandbox
    let tree: Worktree
    let author = Identity(name: "claude[bot]", email: "claude[bot]@users.noreply.github.com")

    init() throws {
        sandbox = try GitSandbox()
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        tree = try sandbox.repository("project").prepareWorktree(
            branch: "gh-task-42-fix", path: sandbox.path("t"), exclude: ["/.orchestrator/", "/opencode.json"])
    }

    private var repository: GitRepository { sandbox.repository("project") }

    private func commitAll(_ message: String = "fix: the login") throws(RepositoryError) -> String? {
        try repository.commitAll(in: tree.path, message: message, author: author)
    }

    /// What the error says, which must be a refusal to commit.
    private func refusal() throws -> String {
        let error = #expect(throws: RepositoryError.self) { try commitAll() }
        guard case .commitFailed(let detail) = error else { throw error ?? .commitFailed(detail: "no error") }
        return detail
    }

    // MARK: - Commit

    @Test func `a worktree that is gone is named`() throws {
        try Directory.remove(tree.path)
        #expect(throws: RepositoryError.worktreeFailed(path: tree.path, detail: "the folder is gone")) {
            try commitAll()
        }
    }

    @Test func `conflicts are refused and not committed with their marks`() throws {
        try sandbox.git("checkout", "--quiet", "-b", "other", in: "t")
        try sandbox.commit("README", "theirs\n", in: "t")
        try sandbox.git("checkout", "--quiet", tree.branch, in: "t")
        try sandbox.commit("README", "ours\n", in: "t")
        #expect(throws: (any Error).self) { try sandbox.git("merge", "other", in: "t") }
        #expect(try refusal() == "unresolved conflict in README")
    }

    @Test func `a rebase in progress is refused`() throws {
        try sandbox.commit("a", "1\n", in: "t")
        try sandbox.write("#!/bin/sh\nsed -i 's/^pick/edit/' \"$1\"\n", to: "editor", mode: 0o755)
        try sandbox.git(
            "-c", "sequence.editor=\(sandbox.path("editor"))", "rebase", "--interactive", "HEAD~1", in: "t")
        try sandbox.write("2\n", to: "t/b")
        #expect(try refusal().contains("rebase"))
    }

    @Test func `a hook that says no fails the commit with its words`() throws {
        try sandbox.write(
            "#!/bin/sh\necho 'no tests, no commit' >&2\nexit 1\n", to: "project/.git/hooks/pre-commit",
            mode: 0o755)
        try sandbox.write("x\n", to: "t/file")
        #expect(try refusal() == "no tests, no commit")
        #expect(sandbox.exists("t/file"))
    }

    @Test func `a lock that a killed git left is reported and not removed`() throws {
        try sandbox.write("x\n", to: "t/file")
        try sandbox.write("", to: "project/.git/worktrees/t/index.lock")
        let error = #expect(throws: RepositoryError.self) { try commitAll() }
        #expect(error?.problem.contains("index.lock") == true)
        #expect(sandbox.exists("project/.git/worktrees/t/index.lock"))
    }

    @Test func `nothing to commit is nil after one start`() throws {
        let (made, starts) = try sandbox.counting { try commitAll() }
        #expect(made == nil && starts == 1)
    }

    @Test func `a change that git's own line ending rule undoes is nothing to commit`() throws {
        try sandbox.commit(".gitattributes", "* text eol=lf\n", in: "t")
        try sandbox.write("hello\r\n", to: "t/README")
        #expect(try commitAll() == nil)
    }

    @Test func `new, changed and deleted files are committed in three starts`() throws {
        try sandbox.commit("old", "1\n", in: "t")
        try Directory.remove(sandbox.path("t/old"))
        try sandbox.write("new\n", to: "t/sub/größe")
        try sandbox.write("changed\n", to: "t/README")
        let message = "fix: the login\n\nBody, second line.\n# not a comment"
        let (made, starts) = try sandbox.counting { try commitAll(message) }
        #expect(starts == 3)
        #expect(made == (try sandbox.git("rev-parse", "HEAD", in: "t")))
        #expect(try sandbox.git("status", "--porcelain", in: "t") == "")
        #expect(
            try sandbox.git("log", "-1", "--format=%an <%ae> %cn <%ce>", in: "t")
                == "\(author.name) <\(author.email)> \(author.name) <\(author.email)>"
        )
        #expect(
            try sandbox.git("log", "-1", "--format=%B", "--grep=^# not a comment$", in: "t")
                == "fix: the login")
    }

    @Test func `orch's own files are never committed`() throws {
        try sandbox.write("{}", to: "t/opencode.json")
        try sandbox.write("{}", to: "t/.orchestrator/output-42.json")
        try sandbox.write("x\n", to: "t/file")
        _ = try commitAll()
        #expect(try repository.files(in: tree.path, limit: 10) == ["README", "file"])
    }

    @Test func `a user who signs commits is not asked for the passphrase`() throws {
        try sandbox.git("config", "--global", "commit.gpgSign", "true", in: "t")
        try sandbox.git("config", "--global", "gpg.program", "false", in: "t")
        try sandbox.write("x\n", to: "t/file")
        #expect(try commitAll() != nil)
    }

    @Test func `a hook does not see a token`() throws {
        sandbox.environment["GH_TOKEN"] = "secret-value"
        sandbox.environment["ANTHROPIC_API_KEY"] = "secret-value"
        try sandbox.write(
            "#!/bin/sh\nenv > \"$HOME/seen\"\n", to: "project/.git/hooks/pre-commit", mode: 0o755)
        try sandbox.write("x\n", to: "t/file")
        _ = try commitAll()
        #expect(try sandbox.read("home/seen").contains("PATH="))
        #expect(!(try sandbox.read("home/seen").contains("secret-value")))
    }

    // MARK: - Progress

    @Test func `a branch without a commit has none`() throws {
        #expect(try repository.commitsAhead(of: tree) == 0)
    }

    @Test func `commits on a base that stood still are counted in one start`() throws {
        try sandbox.commit("a", "1\n", in: "t")
        try sandbox.commit("größe b", "2\n", in: "t")
        let (count, starts) = try sandbox.counting { try repository.commitsAhead(of: tree) }
        #expect(count == 2 && starts == 1)
    }

    @Test func `work that the base holds already, squashed, counts as none`() throws {
        for name in ["a", "b"] { try sandbox.commit(name, "1\n", in: "t") }
        try sandbox.git("clone", "--quiet", "origin.git", "merger", in: ".")
        for name in ["a", "b"] { try sandbox.write("1\n", to: "merger/\(name)") }
        try sandbox.commit("later", "from elsewhere\n", in: "merger")
        try sandbox.git("push", "--quiet", in: "merger")
        let again = try repository.prepareWorktree(branch: tree.branch, path: tree.path, exclude: [])
        #expect(try repository.commitsAhead(of: again) == 0)
        try sandbox.commit("c", "1\n", in: "t")
        #expect(try repository.commitsAhead(of: again) == 3)
    }

    @Test func `commits on the task's branch, which the worktree has left, are named`() throws {
        try sandbox.commit("a", "1\n", in: "t")
        try sandbox.git("checkout", "--quiet", "--detach", "origin/main", in: "t")
        #expect(throws: RepositoryError.branchLeft(branch: tree.branch, path: tree.path, commits: 1)) {
            try repository.commitsAhead(of: tree)
        }
    }

    // MARK: - A worktree that is none any more

    @Test(arguments: ["", "init", "folder", "main"])
    func `what is no worktree any more is not taken for the checkout around it`(now: String) throws {
        let inside = try sandbox.repository("project").prepareWorktree(
            branch: "gh-task-7", path: sandbox.path("project/.orchestrator/worktrees/7"),
            exclude: ["/.orchestrator/"])
        let folder = "project/.orchestrator/worktrees/7"
        try sandbox.commit("salaries", "private\n", in: "project")
        try Directory.remove(sandbox.path(now == "folder" ? folder : "\(folder)/.git"))
        switch now {
        case "init": try sandbox.git("init", "--quiet", in: folder)
        case "folder": try Directory.make(inside.path)
        case "main": try sandbox.write("gitdir: ../../../.git\n", to: "\(folder)/.git")
        default: break
        }
        try sandbox.write("x\n", to: "\(folder)/file")
        let acts: [() throws -> Void] = [
            { _ = try self.repository.commitAll(in: inside.path, message: "m", author: self.author) },
            { _ = try self.repository.commitsAhead(of: inside) },
            { try self.repository.push(inside) },
            { _ = try self.repository.summaryForRetry(of: inside) },
        ]
        for act in acts {
            let error = #expect(throws: RepositoryError.self) { try act() }
            guard case .worktreeFailed = error else { throw error ?? .empty(path: "") }
        }
        #expect(try sandbox.git("branch", "--list", "gh-task-7", in: "origin.git") == "")
        #expect(sandbox.exists("\(folder)/file"))
    }

    // MARK: - Push

    @Test func `a push takes one start, and once more changes nothing`() throws {
        let head = try sandbox.commit("a", "1\n", in: "t")
        #expect(try sandbox.counting { try repository.push(tree) }.starts == 1)
        #expect(try sandbox.counting { try repository.push(tree) }.starts == 1)
        #expect(try sandbox.git("rev-parse", "refs/heads/\(tree.branch)", in: "origin.git") == head)
    }

    @Test func `what was committed beside the branch is pushed to it`() throws {
        try sandbox.git("checkout", "--quiet", "--detach", in: "t")
        let head = try sandbox.commit("a", "1\n", in: "t")
        try repository.push(tree)
        #expect(try sandbox.git("rev-parse", "refs/heads/\(tree.branch)", in: "origin.git") == head)
    }

    @Test func `a bare clone and a mirror push too`() throws {
        try sandbox.cloneOrigin(as: "bare", bare: true)
        try sandbox.git("config", "remote.origin.mirror", "true", in: "bare")
        let bare = sandbox.repository("bare")
        let tree = try bare.prepareWorktree(branch: "gh-task-7", path: sandbox.path("b"), exclude: [])
        let head = try sandbox.commit("a", "1\n", in: "b")
        try bare.push(tree)
        #expect(try sandbox.git("rev-parse", "refs/heads/gh-task-7", in: "origin.git") == head)
    }

    @Test func `history that went apart is rejected and never forced`() throws {
        let theirs = try sandbox.pushFromElsewhere("theirs", to: tree.branch)
        try sandbox.commit("mine", "1\n", in: "t")
        #expect(throws: RepositoryError.diverged(branch: tree.branch, path: tree.path)) {
            try repository.push(tree)
        }
        #expect(try sandbox.git("rev-parse", "refs/heads/\(tree.branch)", in: "origin.git") == theirs)
    }

    @Test func `a server's hook that declines is a rejection with its words`() throws {
        try sandbox.write(
            "#!/bin/sh\necho 'branch is protected' >&2\nexit 1\n", to: "origin.git/hooks/pre-receive",
            mode: 0o755)
        try sandbox.commit("mine", "1\n", in: "t")
        let error = #expect(throws: RepositoryError.self) { try repository.push(tree) }
        guard case .pushRejected(let detail) = error else { throw error ?? .pushFailed(detail: "no error") }
        #expect(detail.contains("pre-receive hook declined") && detail.contains("branch is protected"))
    }

    @Test func `a repository that is not there is a rejection, which waiting does not mend`() throws {
        try sandbox.commit("mine", "1\n", in: "t")
        try Directory.remove(sandbox.path("origin.git"))
        let error = #expect(throws: RepositoryError.self) { try repository.push(tree) }
        guard case .pushRejected = error else { throw error ?? .pushFailed(detail: "no error") }
    }

    @Test func `a server that does not answer is a failure and no rejection`() throws {
        try sandbox.commit("mine", "1\n", in: "t")
        try sandbox.git("remote", "set-url", "origin", "ssh://git@host/r.git", in: "project")
        let error = #expect(throws: RepositoryError.self) { try repository.push(tree) }
        guard case .pushFailed = error else { throw error ?? .pushRejected(detail: "no error") }
    }

    @Test func `an agent's hook is not run where credentials are`() throws {
        try sandbox.write(
            "#!/bin/sh\ntouch \"$HOME/hooked\"\n", to: "project/.git/hooks/pre-push", mode: 0o755)
        try sandbox.commit("mine", "1\n", in: "t")
        try repository.push(tree)
        #expect(!sandbox.exists("home/hooked"))
    }

    // MARK: - For prompts

    @Test func `a retry reads what was committed and what was not`() throws {
        try sandbox.commit("done", "1\n", in: "t")
        try sandbox.write("changed\n", to: "t/README")
        let summary = try repository.summaryForRetry(of: tree)
        #expect(summary.contains("change done"))
        #expect(summary.contains("README | 2 +-"))
        for number in 0..<200 {
            try sandbox.write("x\n", to: "t/\(String(repeating: "ö", count: 60))-\(number)")
        }
        try sandbox.git("add", "--all", in: "t")
        #expect(try repository.summaryForRetry(of: tree).utf8.count <= 8_003)
    }

    @Test func `files are listed sorted and bounded`() throws {
        for name in ["b", "a/ö", "c"] { try sandbox.commit(name, "1\n", in: "t") }
        #expect(try repository.files(in: tree.path, limit: 3) == ["README", "a/ö", "b"])
    }

    @Test func `a submodule with changes inside is left alone`() throws {
        try sandbox.makeRepository("library")
        try sandbox.git("submodule", "--quiet", "add", sandbox.path("library"), "lib", in: "t")
        try sandbox.git("commit", "--quiet", "-m", "lib", in: "t")
        try sandbox.write("changed\n", to: "t/lib/README")
        #expect(try commitAll() == nil)
    }
}
