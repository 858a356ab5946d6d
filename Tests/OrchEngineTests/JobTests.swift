import OrchCore
import OrchEngine
import OrchTesting
import Testing

/// Jobs from their moment to their task, or to their command's end.
@Suite struct JobTests {
    private func stage(_ work: Job.Work, isInternal: Bool = false) throws -> EngineStage {
        let stage = try EngineStage()
        if isInternal { stage.project.settings.backend = .internal }
        let key = TaskKey(project: stage.project.id, backend: .job, id: "sync")
        stage.timetable.jobs = [Job(key: key, schedule: "* * * * *", work: work, directory: "/projects/demo")]
        stage.timetable.dueMoments = [stage.clock.now]
        return stage
    }

    private static let sync = Job.Work.task(
        TaskDraft(title: "Sync", body: "Pull", labels: ["nightly"]), agent: .claude)

    private func job(_ stage: EngineStage) throws -> Job { try #require(stage.timetable.jobs.first) }
    private func issues(_ stage: EngineStage) throws -> [TrackedTask] {
        try stage.memory.list(status: nil).filter { $0.title == "Sync" }
    }
    private func runs(_ stage: EngineStage) throws -> [Run] {
        try stage.store.runs(of: try job(stage).key, limit: 9)
    }

    // Tasks

    @Test func `a job becomes an issue that an agent gets, once a moment`() throws {
        let stage = try stage(Self.sync)
        try stage.tick()
        try stage.tick()
        let issue = try #require(try issues(stage).first)
        #expect(try issues(stage).count == 1)
        #expect(Set(issue.labels).isSuperset(of: ["nightly", "scheduled", "job:sync", "agent:claude"]))
        #expect(try job(stage).state.activeTask == issue.id)
        #expect(try stage.store.task(stage.key(issue.id))?.isTrusted == true)
        #expect(try stage.liveRun(of: issue.id) != nil)
        #expect(stage.hooks.first?.name == "on_job_fired")
        #expect(stage.hooks.first?.facts == ["ORCH_JOB_ID": "sync", "ORCH_TASK_ID": issue.id])
    }

    @Test func `without a tracker it becomes an internal task`() throws {
        let stage = try stage(Self.sync, isInternal: true)
        try stage.tick()
        #expect(
            try stage.store.task(stage.key("i1"))?.labels == [
                "nightly", "scheduled", "job:sync", "agent:claude",
            ])
        #expect(try job(stage).state.activeTask == "i1")
    }

    @Test func `the next moment waits for the task of the last one, and how that ended is noted`() throws {
        let stage = try stage(Self.sync, isInternal: true)
        try stage.tick()
        stage.clock.advance(.seconds(60))
        stage.timetable.dueMoments.append(stage.clock.now)
        stage.agents = []
        try stage.tick()
        #expect(try stage.store.task(stage.key("i2")) == nil)
        try stage.store.change(stage.key("i1"), [.status(.done)])
        try stage.tick()
        #expect(try job(stage).state.lastStatus == "done")
        #expect(try job(stage).state.activeTask == "i2")
    }

    @Test(arguments: [false, true])
    func `a tick killed at any instant loses no moment and doubles none`(isInternal: Bool) throws {
        let calm = try stage(Self.sync, isInternal: isInternal)
        calm.agents = []
        calm.fuse.set(nil)
        try calm.tick()
        let checkpoints = calm.fuse.passed
        for checkpoint in 0..<checkpoints {
            let stage = try stage(Self.sync, isInternal: isInternal)
            stage.agents = []
            stage.fuse.set(checkpoint)
            _ = try? stage.tick()
            stage.fuse.set(nil)
            for _ in 1...3 { try stage.tick() }
            let open = try stage.store.openTasks(of: stage.project.id)
            #expect(open.count == 1, "killed at \(checkpoint)")
            #expect(try job(stage).state.activeTask == open.first?.key.id, "killed at \(checkpoint)")
            #expect(try stage.store.fires(of: try job(stage).key, limit: 9).count == 1)
        }
    }

    @Test func `a file that cannot be written is reported, and still nothing fires twice`() throws {
        let stage = try stage(Self.sync, isInternal: true)
        stage.timetable.failure = TimetableError(problem: "read-only", fix: "")
        #expect(try stage.tick().hasFailures)
        _ = try stage.tick()
        #expect(try stage.store.openTasks(of: stage.project.id).count == 1)
    }

    @Test func `a dry run says what would fire, and does nothing`() throws {
        let stage = try stage(Self.sync)
        let report = try stage.tick(isDryRun: true)
        #expect(report.entries.map(\.phase) == ["schedule"])
        #expect(try issues(stage).isEmpty)
        #expect(try stage.store.fires(of: try job(stage).key, limit: 1).isEmpty)
    }

    // Commands

    @Test func `a command runs in a host of its own, and its end is noted`() throws {
        let stage = try stage(.bash("make report"))
        let report = try stage.tick()
        #expect(report.started == [try job(stage).key])
        let run = try #require(try runs(stage).first)
        #expect(stage.hosts.started == [run.id])
        stage.script([.line("one"), .line("two"), .exit(0)])
        #expect(try stage.host(run) == RunOutcome(status: .done, summary: "two"))
        #expect(
            stage.keeper.legs.first?.leg.launch
                == AgentLaunch(
                    program: "bash", arguments: ["-c", "exec bash -c \"$1\" 2>&1", "bash", "make report"]))
        try stage.tick()
        #expect(try job(stage).state.lastStatus == "done")
        #expect(try runs(stage).map(\.state) == [.collected])
    }

    @Test(arguments: [(Int32?.some(3), "exit status 3: no disk"), (nil, "its process was killed")])
    func `a command that fails says how`(status: Int32?, message: String) throws {
        let stage = try stage(.bash("false"))
        try stage.tick()
        stage.script([.line("no disk"), .exit(status)])
        let run = try #require(try runs(stage).first)
        let outcome = try #require(try stage.host(run))
        #expect(outcome.message.hasPrefix(message))
        try stage.tick()
        #expect(try job(stage).state.lastStatus == "failed")
    }

    @Test func `a command that takes longer than its limit is ended`() throws {
        let stage = try stage(.bash("sleep"))
        stage.timetable.jobs[0].timeout = .seconds(60)
        try stage.tick()
        stage.script([.hang])
        let run = try #require(try runs(stage).first)
        let outcome = try stage.host(run)
        #expect(outcome?.failure == .timeOut)
    }

    @Test func `a command still runs: the next moment waits`() throws {
        let stage = try stage(.bash("true"))
        try stage.tick()
        stage.clock.advance(.seconds(60))
        stage.timetable.dueMoments.append(stage.clock.now)
        #expect(try stage.tick(isDryRun: true).entries.filter { $0.phase == "schedule" }.isEmpty)
        #expect(try runs(stage).count == 1)
    }

    @Test func `tick and host killed at any instant run the command once`() throws {
        func play(_ stage: EngineStage) throws {
            try stage.tick()
            if let run = try runs(stage).first, run.state.isLive { try stage.host(run) }
            try stage.tick()
        }
        let calm = try stage(.bash("true"))
        calm.script([.line("one"), .exit(0)])
        calm.fuse.set(nil)
        try play(calm)
        for checkpoint in 0..<calm.fuse.passed {
            let stage = try stage(.bash("true"))
            stage.script([.line("one"), .exit(0)])
            stage.fuse.set(checkpoint)
            _ = try? play(stage)
            stage.fuse.set(nil)
            for _ in 1...3 { try play(stage) }
            #expect(stage.keeper.legs.count == 1, "killed at \(checkpoint)")
            #expect(try runs(stage).map(\.state) == [.collected], "killed at \(checkpoint)")
            #expect(try job(stage).state.lastStatus == "done", "killed at \(checkpoint)")
        }
    }

    @Test func `a job that was removed before its command began ends its run`() throws {
        let stage = try stage(.bash("true"))
        try stage.tick()
        let run = try #require(try runs(stage).first)
        stage.timetable.jobs = []
        #expect(try stage.host(run)?.failure == .reported)
        try stage.tick()
        #expect(try stage.store.openRuns().isEmpty)
    }

    @Test func `a job that cannot be done is switched off once, and is no failure of the tick`() throws {
        let stage = try stage(.bash("$(ls)"))
        stage.timetable.jobs[0].refusal = "its command contains command substitution"
        #expect(try !stage.tick().hasFailures)
        #expect(try job(stage).isEnabled == false)
        #expect(try job(stage).state.lastStatus == "failed")
        #expect(try stage.tick().entries.isEmpty)
        #expect(try runs(stage).isEmpty)
    }

    @Test func `a clock that was ahead once does not keep a job from firing until then`() throws {
        let stage = try stage(Self.sync, isInternal: true)
        stage.agents = []
        try stage.tick()
        try stage.store.change(stage.key("i1"), [.status(.done)])
        stage.clock.jump(.seconds(-86_400))
        stage.timetable.dueMoments = [stage.clock.now]
        for _ in 1...2 { try stage.tick() }
        #expect(try stage.store.task(stage.key("i2")) != nil)
        #expect(try stage.store.task(stage.key("i3")) == nil)
    }

    @Test func `a clock that is set does not end a command`() throws {
        let stage = try stage(.bash("true"))
        try stage.tick()
        stage.script([
            .line("one"), .meanwhile { stage.clock.jump(.seconds(86_400)) }, .line("two"), .exit(0),
        ])
        let run = try #require(try runs(stage).first)
        #expect(try stage.host(run) == RunOutcome(status: .done, summary: "two"))
    }

    @Test func `a fire that was begun is not finished with a command that is refused by now`() throws {
        let stage = try stage(.bash("$(ls)"))
        _ = try stage.store.recordFire(of: try job(stage).key, due: stage.clock.now, now: stage.clock.now)
        stage.timetable.jobs[0].refusal = "its command contains command substitution"
        for _ in 1...2 { try stage.tick() }
        #expect(try runs(stage).isEmpty)
    }
}
