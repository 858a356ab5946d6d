import OrchCore
import Platform
import Testing

@testable import OrchAdapters

/// Nothing is removed that may be the only copy of work.
@Suite(.requires("git"))
struct RemainsTests {
    let sandbox: GitSandbox
    let tree: Worktree

    init() throws {
        sandbox = try GitSandbox()
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
        tree = try sandbox.repository("project").prepareWorktree(
            branch: "gh-task-42-fix", path: sandbox.path("t"), exclude: [])
    }

    private var repository: GitRepository { sandbox.repository("project") }

    private func remains(merged: String? = nil) throws -> Remains {
        try repository.remains(branch: tree.branch, worktree: tree.path, merged: merged)
    }

    private func isProven(merged: String? = nil) throws -> Bool {
        if case .proven = try remains(merged: merged) { true } else { false }
    }

    private func push() throws { try sandbox.git("push", "--quiet", "origin", "HEAD", in: "t") }

    @Test func `a branch without a commit of its own has nothing to lose`() throws {
        guard case .proven(let left) = try remains() else {
            Issue.record("it is kept")
            return
        }
        try repository.remove(left)
        #expect(!sandbox.exists("t"))
        #expect(try repository.branches("gh-task").isEmpty)
        #expect(try remains() == .nothing)
    }

    @Test func `commits that are nowhere else keep it; on the remote they do not`() throws {
        try sandbox.commit("a", "1\n", in: "t")
        #expect(try !isProven())
        try push()
        #expect(try isProven())
    }

    @Test func `a branch that was pushed and dropped by the remote is not proven by an old picture of it`()
        throws
    {
        try sandbox.commit("a", "1\n", in: "t")
        try push()
        try sandbox.git("branch", "-D", tree.branch, in: "origin.git")
        #expect(try !isProven())
    }

    @Test(arguments: [true, false])
    func `a squash merge is recognised, by the forge alone where the base has moved on`(hasMoved: Bool) throws
    {
        let work = try sandbox.commit("a", "1\n", in: "t")
        _ = try sandbox.pushFromElsewhere("a", to: "main")
        let clone = "squash"
        try sandbox.git("clone", "--quiet", "origin.git", clone, in: ".")
        try sandbox.commit("a", "1\n", in: clone)
        if hasMoved { try sandbox.commit("a", "quite another\n", in: clone) }
        try sandbox.git("push", "--quiet", "origin", "main", in: clone)
        #expect(try isProven() == !hasMoved)
        #expect(try isProven(merged: work))
        #expect(try isProven(merged: "0000") == !hasMoved)
    }

    @Test func `what is not committed, staged or known to git keeps it; what is ignored does not`() throws {
        try sandbox.write("new\n", to: "t/new")
        #expect(try !isProven())
        try sandbox.git("add", "new", in: "t")
        #expect(try !isProven())
        try sandbox.git("rm", "--quiet", "--cached", "new", in: "t")
        try sandbox.write("new\n", to: "project/.git/info/exclude")
        #expect(try isProven())
    }

    @Test func `a commit that only the detached HEAD has keeps it`() throws {
        try sandbox.git("checkout", "--quiet", "--detach", in: "t")
        try sandbox.commit("a", "1\n", in: "t")
        #expect(try !isProven())
    }

    @Test func `a branch whose worktree is on another one keeps its own commits`() throws {
        try sandbox.commit("a", "1\n", in: "t")
        try sandbox.git("checkout", "--quiet", "-b", "other", "main", in: "t")
        #expect(try !isProven())
    }

    @Test func `a folder that is no worktree any more stays unless it is empty`() throws {
        try Directory.remove(sandbox.path("t/.git"))
        #expect(try !isProven())
        try Directory.remove(sandbox.path("t/README"))
        #expect(try isProven())
    }

    @Test func `the main checkout never goes`() throws {
        let found = try repository.remains(branch: nil, worktree: sandbox.path("project"), merged: nil)
        #expect(found == .unproven("it is the main checkout"))
    }

    @Test func `what changed after it was looked at stays`() throws {
        guard case .proven(let left) = try remains() else {
            Issue.record("it is kept")
            return
        }
        try sandbox.write("late\n", to: "t/late")
        #expect(throws: RepositoryError.self) { try repository.remove(left) }
        #expect(sandbox.exists("t/late"))
        try Directory.remove(sandbox.path("t/late"))
        try sandbox.commit("late", "1\n", in: "t")
        #expect(throws: RepositoryError.self) { try repository.remove(left) }
        #expect(try repository.branches("gh-task") == [tree.branch])
    }

    @Test func `without its remote nothing is proven but what the base holds`() throws {
        try sandbox.commit("a", "1\n", in: "t")
        try push()
        try sandbox.git("remote", "set-url", "origin", sandbox.path("nowhere"), in: "project")
        #expect(throws: RepositoryError.self) { try remains() }
    }
}
