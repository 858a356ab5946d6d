import OrchCore
import Platform
import Testing

@testable import OrchAdapters

/// What an agent may have written into a repository's configuration.
@Suite(.requires("git"))
struct GitSettingsTests {
    let sandbox: GitSandbox

    init() throws {
        sandbox = try GitSandbox()
        try sandbox.makeOrigin()
        try sandbox.cloneOrigin(as: "project")
    }

    private func names() throws -> Set<String> {
        Set(try sandbox.repository("project").networkSettings(in: nil).keys)
    }

    private func set(_ name: String, _ value: String = "x") throws {
        try sandbox.git("config", name, value, in: "project")
    }

    @Test(arguments: [
        "core.sshCommand", "core.gitProxy", "core.askPass", "core.alternateRefsCommand",
        "remote.origin.receivepack", "remote.origin.uploadpack", "remote.origin.proxy", "remote.origin.vcs",
        "remote.origin.pushurl", "remote.other.promisor", "remote.https://host/r.pushurl",
        "url.https://elsewhere/.insteadOf", "credential.helper", "credential.https://host.helper",
        "http.proxy", "http.https://host.extraHeader", "protocol.ext.allow", "ssh.variant", "include.path",
        "includeIf.gitdir:/x.path", "extensions.partialClone", "fetch.bundleURI",
    ])
    func `what has git start a program or talk to somebody else counts`(name: String) throws {
        let before = try names()
        try set(name)
        #expect(try names().subtracting(before).count == 1)
    }

    @Test(arguments: [
        "branch.b.remote", "user.email", "core.hooksPath", "core.editor", "submodule.lib.url", "alias.x",
        "remote.upstream.url", "remote.upstream.fetch", "remote.origin.prune", "filter.lfs.clean",
        "fetch.bundleCreationToken",
    ])
    func `what people and tools set every day does not`(name: String) throws {
        let before = try names()
        try set(name)
        #expect(try names() == before)
    }

    @Test func `settings too many to be read whole are refused, not taken for all`() throws {
        let config = sandbox.path("project/.git/config")
        let padding = String(
            repeating: "[padding \"\(String(repeating: "x", count: 90))\"]\n\tkey\n", count: 100_000)
        let text = String(decoding: try WholeFile.read(config, limitBytes: 1 << 20), as: UTF8.self)
        try AtomicFile.write(Array((text + padding + "[core]\n\tsshCommand = x\n").utf8), to: config)
        #expect(throws: RepositoryError.self) { try names() }
    }

    @Test func `another value is another digest, which tells nothing of it`() throws {
        try set("http.extraHeader", "Authorization: s3cret")
        let before = try sandbox.repository("project").networkSettings(in: nil)
        try set("http.extraHeader", "Authorization: another")
        let after = try sandbox.repository("project").networkSettings(in: nil)
        #expect(Set(before.keys) == Set(after.keys) && before != after)
        #expect(!before.values.contains { $0.contains("s3cret") })
    }

    @Test func `a worktree's own settings count, and a user's do not`() throws {
        let repository = sandbox.repository("project")
        let tree = try repository.prepareWorktree(branch: "b", path: sandbox.path("t"), exclude: [])
        let before = try repository.networkSettings(in: tree)
        try sandbox.git("config", "--global", "credential.helper", "x", in: "t")
        #expect(try repository.networkSettings(in: tree) == before)
        try set("extensions.worktreeConfig", "true")
        try sandbox.git("config", "--worktree", "core.sshCommand", "x", in: "t")
        #expect(try repository.networkSettings(in: tree) != before)
        #expect(try repository.networkSettings(in: nil) == before)
    }
}
