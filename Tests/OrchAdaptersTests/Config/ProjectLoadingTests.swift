import OrchCore
import Platform
import Testing

@testable import OrchAdapters

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct ProjectLoadingTests {
    private let sandbox: ConfigSandbox

    init() throws { sandbox = try ConfigSandbox() }

    private func register(_ names: String...) throws {
        let entries = names.map { "  - name: \($0)\n    path: \(sandbox.path($0))\n" }
        try sandbox.write("projects:\n" + entries.joined(), to: "home/.orch/projects.yml")
    }

    @Test func `without a home there are no projects, and it is said`() {
        let loaded = loadProjects([:])
        #expect(loaded.projects == [])
        #expect(loaded.problems.map(\.severity) == [.error])
    }

    @Test func `nothing registered is no problem`() {
        #expect(loadProjects(sandbox.environment) == LoadedProjects())
    }

    @Test func `registered folders, clones and PROJECT_DIR are projects, each once`() throws {
        try sandbox.checkout("app", origin: "git@github.com:ann/app.git")
        try sandbox.checkout("solo", origin: "https://gitlab.com/ann/solo")
        try sandbox.gitFolder(
            "home/.orch/projects/bob/lib.git",
            config: "[remote \"origin\"]\nurl = https://github.com/bob/lib\n")
        try register("app")
        #expect(symlink("app", sandbox.path("alias")) == 0)
        sandbox.environment["PROJECT_DIR"] = sandbox.path("solo") + "/"
        let loaded = loadProjects(sandbox.environment)
        #expect(loaded.problems == [])
        #expect(loaded.projects.map(\.name) == ["app", "lib", "solo"])
        #expect(
            loaded.projects.map(\.directory) == [
                sandbox.path("app"), sandbox.path("home/.orch/projects/bob/lib.git"), sandbox.path("solo"),
            ])
        #expect(
            loaded.projects.map(\.settings.github.repository) == [
                RepositorySlug("ann/app"), RepositorySlug("bob/lib"), nil,
            ])
        sandbox.environment["PROJECT_DIR"] = sandbox.path("alias")
        #expect(loadProjects(sandbox.environment).projects.map(\.name) == ["app", "lib"])
    }

    @Test func `a missing folder is told with its line, and its project is a broken one`() throws {
        try Directory.make(sandbox.path("app"))
        try register("gone", "app")
        let loaded = loadProjects(sandbox.environment)
        #expect(loaded.projects.map(\.name) == ["app"])
        #expect(loaded.broken.map(\.name) == ["gone"])
        #expect(loaded.broken.map(\.directory) == [sandbox.path("gone")])
        #expect(loaded.problems.map(\.severity) == [.error])
        #expect(
            loaded.problems.first.map { "\($0.place)" } == sandbox.path("home/.orch/projects.yml") + ":2:5")
    }

    @Test func `a project with a broken configuration is left out, the others go on`() throws {
        try sandbox.write("workflow: { parallel: x }\n", to: "bad/orchestrator.yml")
        try sandbox.write("a: [\n", to: "worse/.orchestrator.yml")
        try sandbox.write("workflow: { parallel: 2 }\nnope: 1\n", to: "good/.orch.yml")
        try register("bad", "worse", "good")
        let loaded = loadProjects(sandbox.environment)
        #expect(loaded.projects.map(\.name) == ["good"])
        #expect(loaded.broken.map(\.name) == ["bad", "worse"])
        #expect(loaded.broken.allSatisfy { $0.error.problems.count == 1 })
        #expect(loaded.projects.first?.settings.workflow.parallel == 2)
        #expect(loaded.problems.map(\.severity) == [.error, .error, .warning])
    }

    @Test(arguments: ["workflow: { parallel: x }\n", "a: [\n"])
    func `an error in the global file stops all, and is told once`(text: String) throws {
        for name in ["one", "two"] { try sandbox.write("", to: "\(name)/orchestrator.yml") }
        try register("one", "two")
        try sandbox.write(text, to: "home/.orch/config.yml")
        let loaded = loadProjects(sandbox.environment)
        #expect(loaded.projects == [])
        #expect(loaded.problems.count == 1)
    }

    @Test func `a broken registry does not stop the others`() throws {
        try sandbox.write("projects: nonsense\n", to: "home/.orch/projects.yml")
        sandbox.environment["PROJECT_DIR"] = sandbox.path("home")
        let loaded = loadProjects(sandbox.environment)
        #expect(loaded.projects.map(\.name) == ["home"])
        #expect(loaded.problems.map(\.severity) == [.error])
    }

    @Test func `names are safe and unique, and whoever had one first keeps it`() throws {
        for path in ["a/app", "b/app", "c/über app.git", "d/..app", "e/日本"] {
            try Directory.make(sandbox.path(path))
        }
        let list = ["a/app", "b/app", "c/über app.git", "d/..app", "e/日本"].map {
            "  - path: \(sandbox.path($0))\n"
        }
        try sandbox.write("projects:\n" + list.joined(), to: "home/.orch/projects.yml")
        let names = loadProjects(sandbox.environment).projects.map(\.name)
        #expect(names.count == 5)
        #expect(names[0] == "app")
        #expect(names[1].hasPrefix("app-") && names[1].utf8.count == 8)
        #expect(names[2...] == ["--ber-app", "--app", "project"])
        #expect(loadProjects(sandbox.environment).projects.map(\.name) == names)
        #expect(Set(names).count == 5)
    }

    @Test func `a name taken even with the hash grows until it is free`() {
        let once = ProjectName.unique("app", path: "/a", taken: ["app"])
        let twice = ProjectName.unique("app", path: "/a", taken: ["app", once])
        #expect(twice.hasPrefix(once))
        #expect(twice.utf8.count == once.utf8.count + 4)
    }

    @Test(arguments: ["gh: { enabled: false, repo: a/b }\n", "backend: internal\n"])
    func `a project kept from GitHub has no repository`(text: String) throws {
        try sandbox.checkout("app", origin: "https://github.com/a/b")
        try sandbox.write(text, to: "app/orchestrator.yml")
        try register("app")
        #expect(loadProjects(sandbox.environment).projects.map(\.settings.github.repository) == [nil])
    }

    @Test func `gh_repo comes before the remote, and ORCH_GH_REPO before both, for one project`() throws {
        try sandbox.checkout("app", origin: "https://github.com/a/b")
        try sandbox.write("gh: { repo: c/d }\n", to: "app/orchestrator.yml")
        try sandbox.checkout("other", origin: "https://github.com/e/f")
        try register("app")
        #expect(
            loadProjects(sandbox.environment).projects.map(\.settings.github.repository) == [
                RepositorySlug("c/d")
            ])
        sandbox.environment["ORCH_GH_REPO"] = "x/y"
        #expect(
            loadProjects(sandbox.environment).projects.map(\.settings.github.repository) == [
                RepositorySlug("x/y")
            ])
        try register("app", "other")
        let both = ["c/d", "e/f"].map(RepositorySlug.init)
        #expect(loadProjects(sandbox.environment).projects.map(\.settings.github.repository) == both)
        sandbox.environment["PROJECT_DIR"] = sandbox.path("other")
        let named = ["c/d", "x/y"].map(RepositorySlug.init)
        #expect(loadProjects(sandbox.environment).projects.map(\.settings.github.repository) == named)
    }

    @Test func `two projects never take the same issues`() throws {
        try sandbox.checkout("one", origin: "https://github.com/a/b")
        try sandbox.checkout("two", origin: "git@github.com:A/B.git")
        try register("one", "two")
        let loaded = loadProjects(sandbox.environment)
        #expect(loaded.projects.map(\.name) == ["one"])
        #expect(loaded.problems.map(\.severity) == [.warning])
        try sandbox.write("gh: { sync_label: two }\n", to: "two/orchestrator.yml")
        #expect(loadProjects(sandbox.environment).projects.map(\.name) == ["one", "two"])
    }

    @Test func `project_dir of the global file is a project too`() throws {
        try Directory.make(sandbox.path("home/app"))
        try sandbox.write("project_dir: ~/app\n", to: "home/.orch/config.yml")
        #expect(loadProjects(sandbox.environment).projects.map(\.name) == ["app"])
    }
}
