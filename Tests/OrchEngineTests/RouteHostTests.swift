import OrchCore
import OrchEngine
import OrchTesting
import Testing

/// A router's run, from the tick that begins it to the task's agent.
@Suite struct RouteHostTests {
    private func stage() throws -> (EngineStage, String) {
        let stage = try EngineStage()
        stage.project.settings.router.agent = .claude
        stage.project.settings.router.fallbackExecutor = .codex
        let id = stage.memory.file(TaskDraft(title: "Fix it", body: "Please"), author: "octo")
        return (stage, id)
    }

    private func says(_ text: String) -> [FakeKeeper.Act] {
        [.line("final \(text)"), .line("done"), .awaitEndOfInput, .exit(0)]
    }

    @Test func `the tick begins a run, whose answer the next tick follows`() throws {
        let (stage, id) = try stage()
        stage.script(
            says(#"{"executor":"codex","complexity":"complex","reason":"hard","profile":{"role":"fixer"}}"#))
        try stage.tick()
        let run = try #require(try stage.liveRun(of: id))
        #expect(run.kind == .route && run.agent == .claude)
        #expect(try stage.store.task(stage.key(id))?.status == .new)
        try stage.host(run)
        try stage.tick()
        let task = try #require(try stage.store.task(stage.key(id)))
        #expect(task.agent == .codex && task.complexity == .complex && task.profile?.role == "fixer")
        #expect(try stage.liveRun(of: id)?.kind == .work)
        let sidecar = try stage.sidecars.read(stage.key(id))
        #expect(sidecar["route_reason"] == "hard")
        #expect(sidecar["agent_profile"]?.contains("fixer") == true)
        #expect(stage.hooks.contains { $0.name == "on_task_routed" })
    }

    @Test func `a router that fails leaves the task to the fallback`() throws {
        let (stage, id) = try stage()
        stage.script([.exit(1)])
        try stage.tick()
        try stage.host(try #require(try stage.liveRun(of: id)))
        try stage.tick()
        let task = try #require(try stage.store.task(stage.key(id)))
        #expect(task.agent == .codex)
        #expect(task.profile?.reason.contains("fallback to codex") == true)
    }

    @Test func `an unreadable answer is asked for again, and not for ever`() throws {
        let (stage, id) = try stage()
        for _ in 1...2 {
            stage.script(says("codex, I think"))
            try stage.tick()
            let run = try #require(try stage.liveRun(of: id))
            #expect(run.kind == .route)
            try stage.host(run)
        }
        try stage.tick()
        #expect(try stage.liveRun(of: id)?.kind == .work)
        #expect(try stage.store.task(stage.key(id))?.agent == .codex)
    }

    @Test func `a host that was killed is followed by one that finds the agent's answer`() throws {
        let (stage, id) = try stage()
        try stage.tick()
        let run = try #require(try stage.liveRun(of: id))
        stage.script(says(#"{"executor":"codex"}"#))
        for checkpoint in 1...40 {
            let state = try #require(try stage.store.run(run.id))
            guard state.state.isLive else { break }
            stage.fuse.set(checkpoint)
            // It dies there.
            _ = try? stage.host(state)
            stage.fuse.set(nil)
        }
        #expect(try stage.store.run(run.id)?.outcome?.failure == nil)
        try stage.tick()
        #expect(try stage.store.task(stage.key(id))?.agent == .codex)
    }

    @Test func `whoever is only asked may change nothing, whatever its settings allow for work`() throws {
        let (stage, id) = try stage()
        var settings = AgentSettings()
        settings.allowedTools = ["Bash", "Edit"]
        settings.isSandboxed = false
        stage.project.settings.agents[.claude] = settings
        stage.script(says(#"{"executor":"codex"}"#))
        try stage.tick()
        try stage.host(try #require(try stage.liveRun(of: id)))
        let allowed = try #require(stage.allowed.first)
        #expect(Set(allowed.disallowedTools).isSuperset(of: ["Bash", "Edit", "Write", "Task"]))
        #expect(allowed.isSandboxed && allowed.sandbox == "read-only" && allowed.allowedTools.isEmpty)
    }
}
