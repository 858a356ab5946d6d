import OrchCore
import Platform
import Testing
import YAML

@testable import OrchAdapters

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct ConfigFileTests {
    private static let text = """
        # mine
        workflow:
          parallel: 2   # two are enough

          allowed_authors:
            - ann # a friend
        gh: { repo: a/b }

        """

    @Test(arguments: [
        ("workflow.max_attemps", "3"), ("workflow", "3"), ("workflow.parallel", "many"), ("backend", "beads"),
        ("workflow.allowed_authors", "ann"), ("nope", "1"), ("", "1"), ("gh.repo", "x"),
    ])
    func `a change that would be a mistake is refused and nothing is written`(key: String, value: String)
        throws
    {
        let sandbox = try ConfigSandbox()
        let file = ConfigFile(try sandbox.write(Self.text, to: "c.yml"))
        let error = #expect(throws: ConfigError.self) { try file.set(key, to: value) }
        #expect(error?.isUsage == true)
        #expect(error?.problem.hasPrefix("argument ") == true)
        #expect(try sandbox.read("c.yml") == Self.text)
    }

    @Test func `a changed key leaves comments, layout and permissions alone`() throws {
        let sandbox = try ConfigSandbox()
        let file = ConfigFile(try sandbox.write(Self.text, to: "c.yml", mode: 0o640))
        try file.set(".workflow.parallel", to: "7")
        #expect(try sandbox.read("c.yml") == Self.text.replacing("parallel: 2 ", with: "parallel: 7 "))
        #expect(try FileStatus(of: file.path).permissions == 0o640)
    }

    @Test func `keys are added, and what is set can be read`() throws {
        let sandbox = try ConfigSandbox()
        let file = ConfigFile(try sandbox.write(Self.text, to: "c.yml"))
        try file.set("workflow.allowed_authors", to: "[ann, bob]")
        try file.set("workflow.required_skills", to: "[\"123\"]")
        try file.set("gh.sync_label", to: "sync: me")
        try file.set("git.name", to: "${WHO:-Ada}")
        try file.set("router.disabled_agents", to: "[codex, opencode]")
        try file.set("agents.claude.env.CI", to: "1")
        let (read, problems) = try settings(of: sandbox.read("c.yml"))
        #expect(!problems.contains { $0.severity == .error })
        #expect(read.workflow.allowedAuthors == ["ann", "bob"])
        #expect(read.workflow.requiredSkills == ["123"])
        #expect(read.github.syncLabel == "sync: me")
        #expect(read.github.repository == RepositorySlug("a/b"))
        #expect(read.git.name == "Ada")
        #expect(read.router.disabledAgents == [.codex, .opencode])
        #expect(read.agents[.claude]?.environment == ["CI": "1"])
    }

    @Test func `a removed key is gone, and removing it again is no error`() throws {
        let sandbox = try ConfigSandbox()
        let file = ConfigFile(try sandbox.write(Self.text + "nope: 1\n", to: "c.yml"))
        #expect(try file.unset("gh.repo"))
        #expect(try !file.unset("gh.repo"))
        #expect(try file.unset("nope"))
        #expect(try settings(of: sandbox.read("c.yml")).settings.github.repository == nil)
        #expect(try !sandbox.read("c.yml").contains("nope"))
    }

    @Test func `a missing file is made, with its folder`() throws {
        let sandbox = try ConfigSandbox()
        let file = ConfigFile(sandbox.path("new/folder/c.yml"))
        try file.set("workflow.parallel", to: "3")
        #expect(try sandbox.read("new/folder/c.yml") == "workflow:\n  parallel: 3\n")
    }

    @Test func `the file behind a link is changed and the link stays`() throws {
        let sandbox = try ConfigSandbox()
        try sandbox.write("git: { name: a }\n", to: "dotfiles/c.yml")
        #expect(symlink("dotfiles/c.yml", sandbox.path("c.yml")) == 0)
        try ConfigFile(sandbox.path("c.yml")).set("git.name", to: "b")
        #expect(try FileStatus(of: sandbox.path("c.yml"), followingLinks: false).kind == .symbolicLink)
        #expect(try sandbox.read("dotfiles/c.yml") == "git: { name: b }\n")
    }

    @Test func `a broken file is not written to`() throws {
        let sandbox = try ConfigSandbox()
        let file = ConfigFile(try sandbox.write("a: [1\n", to: "c.yml"))
        let error = #expect(throws: ConfigError.self) { try file.set("git.name", to: "b") }
        #expect(error?.problems.first?.place != .file(file.path, nil))
        #expect(try sandbox.read("c.yml") == "a: [1\n")
    }

    @Test(arguments: [
        ("workflow", "name a key in it: auto_close, max_attempts,"),
        ("agents", "name a key in it: AGENT"),
        ("agents.AGENT.command", "write an agent’s name: "),
        ("workflow.paralel", "did you mean `workflow.parallel`?"),
        ("sandbox", "did you mean `workflow.sandbox`?"),
    ])
    func `a wrong key is answered with one that can be typed`(key: String, fix: String) throws {
        let sandbox = try ConfigSandbox()
        let error = #expect(throws: ConfigError.self) {
            try ConfigFile(sandbox.path("c.yml")).set(key, to: "x")
        }
        #expect(error?.fix.hasPrefix(fix) == true, "\(String(describing: error?.fix))")
    }

    @Test func `a file that is not UTF-8 is not written to`() throws {
        let sandbox = try ConfigSandbox()
        let latin1 = Array("# M".utf8) + [0xFC] + Array("ller\ngit: { name: a }\n".utf8)
        let path = sandbox.path("c.yml")
        try AtomicFile.write(latin1, to: path, durability: .none)
        #expect(throws: ConfigError.self) { try ConfigFile(path).set("git.name", to: "b") }
        #expect(try WholeFile.read(path, limitBytes: 1 << 20) == latin1)
    }

    @Test func `a new file is its user’s alone`() throws {
        let sandbox = try ConfigSandbox()
        let file = ConfigFile(sandbox.path("c.yml"))
        try file.set("agents.claude.env.TOKEN", to: "secret")
        #expect(try FileStatus(of: file.path).permissions == 0o600)
    }

    @Test(.enabled(if: geteuid() == 0, "only root gives files away"))
    func `a changed file stays with its owner`() throws {
        let sandbox = try ConfigSandbox()
        let file = ConfigFile(try sandbox.write("git: { name: a }\n", to: "c.yml"))
        #expect(chown(file.path, 12345, 23456) == 0)
        try file.set("git.name", to: "b")
        let status = try FileStatus(of: file.path)
        #expect(status.ownerID == 12345)
        #expect(status.groupID == 23456)
    }

    @Test func `a link to nothing is not replaced by a file`() throws {
        let sandbox = try ConfigSandbox()
        let file = ConfigFile(sandbox.path("c.yml"))
        #expect(symlink("nowhere/c.yml", file.path) == 0)
        #expect(throws: ConfigError.self) { try file.set("git.name", to: "b") }
        #expect(try FileStatus(of: file.path, followingLinks: false).kind == .symbolicLink)
    }

    @Test func `a folder in place of the file is named as such`() throws {
        let sandbox = try ConfigSandbox()
        try Directory.make(sandbox.path("c.yml"))
        let error = #expect(throws: ConfigError.self) {
            try ConfigFile(sandbox.path("c.yml")).set("git.name", to: "b")
        }
        #expect(error?.fix.contains("folder") == true)
    }

    @Test func `no edit of many at once is lost`() async throws {
        let sandbox = try ConfigSandbox()
        let file = ConfigFile(sandbox.path("c.yml"))
        let names = (0..<16).map { "V\($0)" }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for name in names {
                group.addTask { try file.set("agents.claude.env.\(name)", to: "1") }
            }
            try await group.waitForAll()
        }
        let read = try settings(of: sandbox.read("c.yml")).settings
        #expect(read.agents[.claude]?.environment.keys.sorted() == names.sorted())
    }
}
