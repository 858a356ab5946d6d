import OrchCore
import Testing

@testable import OrchAdapters

/// What is asked of a remote outside of a run.
@Suite(.requires("git"))
struct RemoteTests {
    let sandbox: GitSandbox

    init() throws {
        sandbox = try GitSandbox()
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "clone", bare: true)
    }

    @Test func `takes in what is new, and runs no hook that an agent may have written`() throws {
        try sandbox.git("config", "remote.origin.fetch", "+refs/heads/*:refs/heads/*", in: "clone")
        let hook = "clone/hooks/reference-transaction"
        try sandbox.write("#!/bin/sh\ntouch \(sandbox.path("ran"))\n", to: hook, mode: 0o755)
        let new = try sandbox.pushFromElsewhere("news", to: "main")
        try sandbox.repository("clone").fetchAll()
        #expect(try sandbox.git("rev-parse", "refs/heads/main", in: "clone") == new)
        #expect(!sandbox.exists("ran"))
    }

    @Test func `tells whether origin answers`() throws {
        let repository = sandbox.repository("clone")
        #expect(try repository.originFailure(timeout: .seconds(20)) == nil)
        try sandbox.git("config", "remote.origin.url", sandbox.path("nowhere"), in: "clone")
        #expect(try repository.originFailure(timeout: .seconds(20))?.isEmpty == false)
        #expect(throws: RepositoryError.self) { try repository.fetchAll() }
    }
}
