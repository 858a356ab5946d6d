import OrchCore
import Platform
import Subprocess
import Testing

@testable import OrchAdapters

@Suite(.requires("git"))
struct PrepareWorktreeTests {
    let sandbox: GitSandbox
    static let branch = "gh-task-42-fix"

    init() throws { sandbox = try GitSandbox() }

    private func prepare(
        _ repository: String = "project", branch: String = branch, at path: String = "trees/t",
        exclude: [String] = []
    ) throws(RepositoryError) -> Worktree {
        try sandbox.repository(repository).prepareWorktree(
            branch: branch, path: sandbox.path(path), exclude: exclude)
    }

    // MARK: - What cannot work

    @Test func `a folder that is no repository is refused without starting git`() throws {
        try sandbox.write("text", to: "project/file")
        #expect(throws: RepositoryError.notARepository(path: sandbox.path("project"))) { try prepare() }
        #expect(throws: RepositoryError.notARepository(path: sandbox.path("nowhere"))) {
            try prepare("nowhere")
        }
        #expect(sandbox.commands.isEmpty)
    }

    @Test func `a repository without a commit is called empty`() throws {
        try sandbox.git("init", "--quiet", "project", in: ".")
        #expect(throws: RepositoryError.empty(path: sandbox.path("project"))) { try prepare() }
    }

    @Test func `an origin without a commit is called empty`() throws {
        try sandbox.git("init", "--quiet", "--bare", "origin.git", in: ".")
        try sandbox.cloneOrigin(as: "project")
        #expect(throws: RepositoryError.empty(path: sandbox.path("project"))) { try prepare() }
    }

    @Test func `where origin's HEAD names a branch nobody pushed, the checkout's own branch is the base`()
        throws
    {
        try sandbox.git("init", "--quiet", "--bare", "--initial-branch=other", "origin.git", in: ".")
        try sandbox.makeRepository("project")
        try sandbox.git("remote", "add", "origin", sandbox.path("origin.git"), in: "project")
        try sandbox.git("push", "--quiet", "origin", "main", in: "project")
        let worktree = try prepare()
        #expect(worktree.base == "main")
        #expect(worktree.hasRemote)
        #expect(try prepare(branch: "gh-task-43-other", at: "trees/u").base == "main")
    }

    @Test func `nothing is begun on an old base when origin cannot be reached`() throws {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        try sandbox.git("remote", "set-url", "origin", "ssh://git@host/r.git", in: "project")
        let error = #expect(throws: RepositoryError.self) { try prepare() }
        guard case .fetchFailed = error else { throw error ?? .fetchFailed(detail: "no error") }
        #expect(!sandbox.exists("trees/t"))
    }

    @Test func `an origin that is not there is told apart from one that does not answer`() throws {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        try Directory.remove(sandbox.path("origin.git"))
        let error = #expect(throws: RepositoryError.self) { try prepare() }
        guard case .fetchRefused = error else { throw error ?? .fetchFailed(detail: "no error") }
    }

    @Test func `a missing git is named`() throws {
        try sandbox.makeRepository("project")
        sandbox.environment["PATH"] = "/nonexistent"
        #expect(throws: RepositoryError.programMissing("git")) { try prepare() }
    }

    @Test func `a branch that the main checkout has is not taken from it`() throws {
        try sandbox.makeRepository("project")
        try sandbox.git("checkout", "--quiet", "-b", Self.branch, in: "project")
        let error = #expect(throws: RepositoryError.self) { try prepare() }
        #expect(error?.problem.contains("main checkout") == true)
    }

    // MARK: - Fresh

    @Test func `a new branch starts from what origin has now and not from the checkout`() throws {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        let newest = try sandbox.pushFromElsewhere("NEWS", to: "main")
        try sandbox.git("checkout", "--quiet", "-b", "someones-work", in: "project")
        try sandbox.commit("WIP", "unfinished\n", in: "project")
        let tree = try prepare()
        #expect(tree.base == "main" && tree.baseCommit == newest && tree.hasRemote)
        #expect(try sandbox.git("rev-parse", "HEAD", in: "trees/t") == newest)
        #expect(try sandbox.git("symbolic-ref", "--short", "HEAD", in: "trees/t") == Self.branch)
        #expect(!sandbox.exists("trees/t/WIP"))
    }

    @Test func `a new worktree takes three starts of git`() throws {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        #expect(try sandbox.counting { try prepare() }.starts == 3)
    }

    @Test func `a bare clone without fetch refspecs moves on`() throws {
        try sandbox.makeOrigin(branch: "trunk")
        try sandbox.cloneOrigin(as: "project", bare: true)
        let newest = try sandbox.pushFromElsewhere("NEWS", to: "trunk")
        let tree = try prepare()
        #expect(tree.base == "trunk" && tree.baseCommit == newest)
        // What it has learnt about the default branch saves the question next time.
        #expect(try sandbox.counting { try prepare(branch: "gh-task-43", at: "trees/u") }.starts == 3)
    }

    @Test func `a default branch that was renamed is found`() throws {
        try sandbox.makeOrigin(branch: "master")
        try sandbox.cloneOrigin(as: "project")
        try sandbox.git("branch", "--move", "master", "main", in: "origin.git")
        #expect(try prepare().base == "main")
        #expect(try prepare(branch: "gh-task-43", at: "trees/u").base == "main")
    }

    @Test func `without a remote the base is the checkout's branch`() throws {
        try sandbox.makeRepository("project", branch: "develop")
        let tree = try prepare()
        #expect(tree.base == "develop" && !tree.hasRemote)
        #expect(tree.baseCommit == (try sandbox.git("rev-parse", "HEAD", in: "project")))
    }

    @Test func `without a remote a detached checkout gives its commit`() throws {
        try sandbox.makeRepository("project")
        let first = try sandbox.git("rev-parse", "HEAD", in: "project")
        try sandbox.git("checkout", "--quiet", "--detach", in: "project")
        let tree = try prepare()
        #expect(tree.base == "HEAD" && tree.baseCommit == first)
    }

    @Test(arguments: ["with blank", "größe-日本語", "-dash", "quo'te\"s", "semi;colon"])
    func `a path may be called`(_ name: String) throws {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "./\(name)")
        let tree = try prepare(name, at: "trees/\(name)")
        #expect(sandbox.exists("trees/\(name)/README"))
        #expect(try prepare(name, at: "trees/\(name)") == tree)
    }

    @Test func `a file of a user's hooks environment cannot redirect git`() throws {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        sandbox.environment["GIT_DIR"] = sandbox.path("elsewhere")
        sandbox.environment["GIT_INDEX_FILE"] = sandbox.path("index")
        _ = try prepare()
        #expect(sandbox.exists("trees/t/README"))
    }

    // MARK: - Going on

    @Test func `the worktree that is there is used as it is, in two starts`() throws {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        let first = try prepare()
        try sandbox.write("half a thought\n", to: "trees/t/draft")
        let (second, starts) = try sandbox.counting { try prepare() }
        #expect(second == first && starts == 2)
        #expect(try sandbox.read("trees/t/draft") == "half a thought\n")
    }

    @Test func `a worktree of the branch elsewhere is used where it is`() throws {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        _ = try prepare(at: "old/place")
        #expect(try prepare(at: "trees/t").path == sandbox.path("old/place"))
    }

    @Test func `a branch without a worktree is checked out again`() throws {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        _ = try prepare()
        let work = try sandbox.commit("work", "done\n", in: "trees/t")
        try sandbox.git("worktree", "remove", sandbox.path("trees/t"), in: "project")
        _ = try prepare()
        #expect(try sandbox.git("rev-parse", "HEAD", in: "trees/t") == work)
    }

    @Test func `a branch that only origin has is gone on with`() throws {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        let work = try sandbox.pushFromElsewhere("work", to: Self.branch)
        let tree = try prepare()
        #expect(try sandbox.git("rev-parse", "HEAD", in: "trees/t") == work)
        #expect(tree.baseCommit == (try sandbox.git("rev-parse", "refs/remotes/origin/main", in: "project")))
    }

    @Test func `a branch that origin has dropped is begun anew`() throws {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        let old = try sandbox.pushFromElsewhere("work", to: Self.branch)
        try sandbox.git("fetch", "--quiet", in: "project")
        try sandbox.git("branch", "-D", Self.branch, in: "origin.git")
        let tree = try prepare()
        #expect(try sandbox.git("rev-parse", "HEAD", in: "trees/t") == tree.baseCommit)
        #expect(tree.baseCommit != old)
    }

    @Test func `what another machine has pushed is taken over where it is a step ahead`() throws {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        _ = try prepare()
        try sandbox.commit("mine", "1\n", in: "trees/t")
        try sandbox.git("push", "--quiet", "origin", Self.branch, in: "trees/t")
        let theirs = try sandbox.pushFromElsewhere("theirs", to: Self.branch)
        _ = try prepare()
        #expect(try sandbox.git("rev-parse", "HEAD", in: "trees/t") == theirs)
    }

    @Test func `where both sides have work it is said before an agent starts, and everything stays as it is`()
        throws
    {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        _ = try prepare()
        try sandbox.git("push", "--quiet", "origin", Self.branch, in: "trees/t")
        try sandbox.pushFromElsewhere("theirs", to: Self.branch)
        let mine = try sandbox.commit("mine", "1\n", in: "trees/t")
        #expect(throws: RepositoryError.diverged(branch: Self.branch, path: sandbox.path("trees/t"))) {
            try prepare()
        }
        #expect(try sandbox.git("rev-parse", "HEAD", in: "trees/t") == mine)
    }

    // MARK: - Broken

    @Test func `a worktree whose folder is gone is made again with its commits`() throws {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        _ = try prepare()
        let work = try sandbox.commit("work", "done\n", in: "trees/t")
        try Directory.remove(sandbox.path("trees/t"))
        _ = try prepare()
        #expect(try sandbox.git("rev-parse", "HEAD", in: "trees/t") == work)
    }

    @Test func `a worktree that lost its git file is repaired and keeps its changes`() throws {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        _ = try prepare()
        try sandbox.write("not committed\n", to: "trees/t/draft")
        try Directory.remove(sandbox.path("trees/t/.git"))
        _ = try prepare()
        #expect(try sandbox.read("trees/t/draft") == "not committed\n")
        #expect(try sandbox.git("symbolic-ref", "--short", "HEAD", in: "trees/t") == Self.branch)
    }

    @Test func `a folder in the way is moved aside with all it holds`() throws {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        try sandbox.write("the only copy\n", to: "trees/t/notes")
        try sandbox.write("an older one\n", to: "trees/t.aside-1/notes")
        _ = try prepare()
        #expect(try sandbox.read("trees/t.aside-2/notes") == "the only copy\n")
        #expect(try sandbox.read("trees/t.aside-1/notes") == "an older one\n")
        #expect(sandbox.exists("trees/t/README"))
    }

    @Test func `an unreachable git folder does not cost uncommitted work`() throws {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        _ = try prepare()
        try sandbox.write("not committed\n", to: "trees/t/draft")
        try Directory.remove(sandbox.path("project/.git/worktrees"))
        _ = try prepare()
        #expect(try sandbox.read("trees/t.aside-1/draft") == "not committed\n")
        #expect(try sandbox.git("symbolic-ref", "--short", "HEAD", in: "trees/t") == Self.branch)
    }

    @Test func `a worktree whose agent left the branch is used as it is`() throws {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        _ = try prepare()
        try sandbox.git("checkout", "--quiet", "-b", "my-own-idea", in: "trees/t")
        #expect(try prepare().path == sandbox.path("trees/t"))
        try Directory.remove(sandbox.path("trees/t"))
        // git still lists the path, for the other branch.
        #expect(try prepare().path == sandbox.path("trees/t"))
        #expect(try sandbox.git("symbolic-ref", "--short", "HEAD", in: "trees/t") == Self.branch)
    }

    // MARK: - Excluded files, and others at the same time

    @Test func `own files stay out of commits and the user's exclude lines stay`() throws {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        try sandbox.write("*.log", to: "project/.git/info/exclude")
        for _ in 1...2 { _ = try prepare(exclude: ["/.orchestrator/", "/opencode.json"]) }
        #expect(try sandbox.read("project/.git/info/exclude") == "*.log\n/.orchestrator/\n/opencode.json\n")
        try sandbox.write("{}", to: "trees/t/opencode.json")
        try sandbox.write("{}", to: "trees/t/.orchestrator/output-42.json")
        #expect(try sandbox.git("status", "--porcelain", in: "trees/t") == "")
    }

    @Test func `tasks that are prepared at once do not get in each other's way`() throws {
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        try sandbox.pushFromElsewhere("NEWS", to: "main")
        let place = (root: sandbox.root, environment: sandbox.environment)
        let errors = Threads.run(6) { number -> String? in
            let repository = GitRepository(directory: "\(place.root)/project", environment: place.environment)
            do throws(RepositoryError) {
                _ = try repository.prepareWorktree(
                    branch: "gh-task-\(number)", path: "\(place.root)/trees/\(number)",
                    exclude: ["/.orchestrator/"])
                return nil
            } catch {
                return error.problem
            }
        }
        #expect(errors.compactMap { $0 } == [])
        for number in 0..<6 { #expect(sandbox.exists("trees/\(number)/NEWS")) }
    }
}
