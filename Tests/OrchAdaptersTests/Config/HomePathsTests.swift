import Platform
import Testing

@testable import OrchAdapters

@Suite struct HomePathsTests {
    @Test func `without a home nothing can be found`() {
        #expect(throws: ConfigError.self) { try HomePaths(environment: [:]) }
        #expect(throws: ConfigError.self) { try HomePaths(environment: ["HOME": "", "ORCH_HOME": ""]) }
    }

    @Test(arguments: [
        ([], ".orch"), ([".orch"], ".orch"), ([".orchestrator"], ".orchestrator"),
        ([".orch", ".orchestrator"], ".orch"),
    ])
    func `v0’s home is used only where there is no other`(folders: [String], expected: String) throws {
        let sandbox = try ConfigSandbox()
        for folder in folders { try Directory.make(sandbox.path("user/\(folder)")) }
        let paths = try HomePaths(environment: ["HOME": sandbox.path("user")])
        #expect(paths.home == sandbox.path("user/\(expected)"))
    }

    @Test func `everything is below the home unless the environment says otherwise`() throws {
        let paths = try HomePaths(environment: ["HOME": "/u", "ORCH_HOME": "/o/"])
        #expect(paths.home == "/o")
        #expect(paths.config == "/o/config.yml")
        #expect(paths.locks == "/o/.orchestrator/locks")
        #expect(paths.state == "/o/.orchestrator")
        #expect(paths.jobs == "/o/jobs.yml")
        #expect(paths.database == "/o/orch.db")
        #expect(paths.projects == "/o/projects.yml")
        #expect(paths.prompts == "/o/prompts")
        let moved = try HomePaths(environment: [
            "HOME": "/u", "ORCH_HOME": "~/o", "CONFIG_PATH": "/c.yml", "LOCK_PATH": "/l", "STATE_DIR": "/s",
            "JOBS_FILE": "/j",
        ])
        #expect(
            [moved.home, moved.config, moved.locks, moved.state, moved.jobs] == [
                "/u/o", "/c.yml", "/l", "/s", "/j",
            ])
        #expect(try HomePaths(environment: ["ORCH_HOME": "/o", "JOBS_PATH": "/p"]).jobs == "/p")
    }

    @Test func `v0’s merged file is not merged again`() throws {
        let merged = ["ORCH_HOME": "/o", "CONFIG_PATH": "/p/.orchestrator/config-merged.yml"]
        #expect(try HomePaths(environment: merged).config == "/o/config.yml")
        let both = merged.merging(["GLOBAL_CONFIG_PATH": "/g.yml"]) { $1 }
        #expect(try HomePaths(environment: both).config == "/g.yml")
    }

    @Test func `a project’s file is found in v0’s order, and its state is beside it`() throws {
        let sandbox = try ConfigSandbox()
        let paths = try sandbox.paths
        let project = sandbox.path("app")
        try Directory.make("\(project)/orchestrator.yml.d")
        #expect(HomePaths.projectConfig(of: project) == nil)
        #expect(paths.state(ofProject: project) == paths.state)
        for name in HomePaths.projectConfigNames.reversed() {
            try sandbox.write("", to: "app/\(name)")
            #expect(HomePaths.projectConfig(of: project) == "\(project)/\(name)")
        }
        #expect(paths.state(ofProject: project) == "\(project)/.orchestrator")
    }
}
