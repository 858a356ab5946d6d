import OrchCore
import Platform
import Testing

@testable import OrchAdapters

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct ProjectRegistryTests {
    private let sandbox: ConfigSandbox
    private let registry: ProjectRegistry

    init() throws {
        sandbox = try ConfigSandbox()
        registry = ProjectRegistry(try sandbox.paths)
    }

    @Test(arguments: [
        ("", 0), ("projects: []\n", 0), ("projects:\n", 0), ("projects: x\n", 1),
        ("projects:\n  - name: a\n  - path: ''\n", 2), ("{", 1),
    ])
    func `what names no folder is told`(text: String, problems: Int) throws {
        try sandbox.write(text, to: "home/.orch/projects.yml")
        #expect(registry.read().entries == [])
        #expect(registry.read().problems.count == problems)
    }

    @Test func `an added project is read again, and added once`() throws {
        try Directory.make(sandbox.path("app"))
        #expect(symlink("app", sandbox.path("alias")) == 0)
        #expect(try registry.add(sandbox.path("app"), name: "app"))
        #expect(try !registry.add(sandbox.path("alias"), name: "other"))
        #expect(registry.read().entries.map(\.path) == [sandbox.path("app")])
        #expect(registry.read().entries.map(\.name) == ["app"])
    }

    @Test(arguments: ["projects: []\n", "# none yet\n", "projects:\n"])
    func `the first project goes into the file as v0 leaves it`(text: String) throws {
        try sandbox.write(text, to: "home/.orch/projects.yml")
        try registry.add("/srv/app", name: "app")
        try registry.add("/srv/two", name: "two")
        #expect(registry.read().entries.map(\.path) == ["/srv/app", "/srv/two"])
        #expect(registry.read().problems == [])
    }

    @Test func `comments survive adding and removing`() throws {
        let text =
            "# mine\nprojects:\n  - name: app # first\n    path: /srv/app\n"
            + "  - name: two\n    path: /srv/two\n"
        try sandbox.write(text, to: "home/.orch/projects.yml")
        try registry.add("/srv/three", name: "three")
        #expect(
            try sandbox.read("home/.orch/projects.yml") == text + "  - name: three\n    path: /srv/three\n")
        #expect(try registry.remove("two").map(\.path) == ["/srv/two"])
        #expect(try registry.remove("/srv/three").map(\.name) == ["three"])
        #expect(try registry.remove("two") == [])
        let left = "# mine\nprojects:\n  - name: app # first\n    path: /srv/app\n"
        #expect(try sandbox.read("home/.orch/projects.yml") == left)
    }

    @Test func `removing the last project leaves a file that can be read`() throws {
        try registry.add("/srv/app", name: "app")
        try registry.remove("app")
        #expect(registry.read().entries == [])
        #expect(registry.read().problems == [])
    }

    @Test func `a broken file is not written to`() throws {
        try sandbox.write("projects: [\n", to: "home/.orch/projects.yml")
        #expect(throws: ConfigError.self) { try registry.add("/srv/app", name: "app") }
        #expect(throws: ConfigError.self) { try registry.remove("app") }
        #expect(try sandbox.read("home/.orch/projects.yml") == "projects: [\n")
    }

    @Test func `no project of many added and removed at once is lost or left`() async throws {
        let old = (0..<8).map { "/srv/old\($0)" }
        let new = (0..<8).map { "/srv/new\($0)" }
        for path in old { try registry.add(path, name: path) }
        let registry = registry
        try await withThrowingTaskGroup(of: Void.self) { group in
            for path in new { group.addTask { try registry.add(path, name: path) } }
            for path in old { group.addTask { try registry.remove(path) } }
            try await group.waitForAll()
        }
        #expect(registry.read().entries.map(\.path).sorted() == new)
    }
}
