import Platform
import Testing

@testable import OrchAdapters

@Suite struct GitPlaceTests {
    private let sandbox: GitSandbox

    init() throws {
        sandbox = try GitSandbox()
        try Directory.make(sandbox.path("app/a/b"))
        try sandbox.git("init", "--quiet", in: "app")
        try sandbox.git("commit", "--quiet", "--allow-empty", "--message", "Begin", in: "app")
    }

    @Test(arguments: ["app", "app/a/b", "app/.git", "app/.git/refs"])
    func `finds the checkout from anywhere in it`(
        _ folder: String
    ) throws {
        let place = try #require(GitPlace(around: sandbox.path(folder)))
        #expect(place.top == sandbox.path("app"))
        #expect(!place.isBare)
    }

    @Test func `takes a linked worktree for the checkout that it belongs to`() throws {
        try sandbox.git("worktree", "add", "--quiet", sandbox.path("tree"), in: "app")
        let place = try #require(GitPlace(around: sandbox.path("tree")))
        #expect(place.top == sandbox.path("app"))
        #expect(!place.isBare)
    }

    @Test func `knows a bare clone, and a worktree of one`() throws {
        try sandbox.git("clone", "--quiet", "--bare", sandbox.path("app"), sandbox.path("app.git"), in: "app")
        try sandbox.git("worktree", "add", "--quiet", sandbox.path("tree"), in: "app.git")
        for folder in ["app.git", "tree"] {
            let place = try #require(GitPlace(around: sandbox.path(folder)))
            #expect(place.top == sandbox.path("app.git"))
            #expect(place.isBare)
        }
    }

    @Test func `finds nothing where there is no repository`() throws {
        try Directory.make(sandbox.path("empty"))
        #expect(GitPlace(around: sandbox.path("empty")) == nil)
        #expect(GitPlace(around: sandbox.path("nowhere")) == nil)
    }

    @Test func `keeps files out of commits, once`() throws {
        let place = try #require(GitPlace(around: sandbox.path("app/a")))
        try place.exclude(["/.orchestrator/"])
        let first = try sandbox.read("app/.git/info/exclude")
        try place.exclude(["/.orchestrator/"])
        #expect(try sandbox.read("app/.git/info/exclude") == first)
        try sandbox.write("x", to: "app/.orchestrator/state")
        #expect(try sandbox.git("status", "--porcelain", in: "app").isEmpty)
    }
}
