import OrchCore
import OrchEngine
import OrchTesting
import SQLite
import Testing

@testable import class OrchAdapters.SQLiteStore

@Suite struct TickTests {
    private let stage: EngineStage

    init() throws { stage = try EngineStage() }

    @discardableResult
    private func file(_ title: String = "Fix it", by author: String = "octo", labels: [String] = []) -> String
    {
        stage.memory.file(TaskDraft(title: title, body: "Please", labels: labels), author: author)
    }

    private func task(_ id: String) throws -> AgentTask { try #require(try stage.store.task(stage.key(id))) }

    /// Another project, whose tracker is asked after the first one's.
    private func addSecondProject() {
        var second = stage.project
        second = Project(id: Project.ID(rawValue: "/projects/two"), name: "two", settings: second.settings)
        stage.projects.append(second)
    }

    private func decisions(_ report: TickReport) -> [Decision] { report.entries.compactMap(\.decision) }

    @Test func `an issue is taken in, routed and started by one tick, and a second tick has nothing to do`()
        throws
    {
        let id = file()
        let report = try stage.tick()
        #expect(report.entries.map(\.phase) == ["intake", "route", "dispatch"])
        #expect(report.started == [stage.key(id)])
        #expect(stage.hosts.started.count == 1)
        #expect(try task(id).status == .inProgress)
        let reads = stage.memory.calls.count
        #expect(try stage.tick().entries.isEmpty)
        #expect(stage.memory.calls.count == reads + 1)
    }

    @Test func `a tick that finds another at work does nothing, and a dead one's lease is taken`() throws {
        file()
        let other = Owner(bootID: "boot", pid: 9, startTime: 1)
        let until = stage.clock.now + .seconds(300)
        #expect(
            try stage.store.takeLease("tick", owner: other, now: stage.clock.now, until: until) { _ in true })
        #expect(try stage.tick().isAlreadyRunning)
        #expect(stage.memory.calls.isEmpty)
        stage.hosts.kill(other)
        #expect(try stage.tick().started.count == 1)
    }

    @Test func `a decision that fails stops no other`() throws {
        let (first, second) = (file(), file())
        stage.hosts.failures = [EngineError.taskMissing("tmux")]
        let report = try stage.tick()
        #expect(report.hasFailures)
        #expect(report.started == [stage.key(second)])
        try stage.tick()
        stage.clock.advance(.seconds(60))
        let next = try stage.tick()
        #expect(decisions(next).contains(.dispatch(stage.key(first))))
        #expect(try stage.store.runs(of: stage.key(first), limit: 9).count == 2)
    }

    @Test func `a project whose tracker is down does not keep another from its work`() throws {
        addSecondProject()
        file()
        stage.memory.fail(.changes, with: .offline(detail: "no route"))
        let report = try stage.tick()
        #expect(report.entries.first?.phase == "observe")
        #expect(report.started.map(\.project.rawValue) == ["/projects/two"])
    }

    @Test func `nothing external is started from an old picture, and internal tasks go on`() throws {
        stage.project.settings.workflow.parallel = 0
        file()
        try stage.tick()
        stage.project.settings.workflow.parallel = 4
        let own = try stage.store.createInternalTask(
            TaskDraft(title: "Own"), in: stage.project.id, now: stage.clock.now)
        stage.memory.fail(.changes, with: .offline(detail: "no route"))
        #expect(try stage.tick().started == [own])
    }

    @Test func `a permission that cannot be asked is asked again, and nothing is decided twice`() throws {
        stage.memory.writers = ["alice"]
        let id = file(by: "alice")
        stage.memory.fail(.mayWrite, with: .offline(detail: "no route"))
        #expect(decisions(try stage.tick()).isEmpty)
        #expect(try task(id).isTrusted == nil)
        #expect(decisions(try stage.tick()).contains(.dispatch(stage.key(id))))
        #expect(stage.hosts.started.count == 1)
    }

    @Test func `a stranger's issue is turned away once, and nothing is written on it`() throws {
        let id = file(by: "eve")
        #expect(decisions(try stage.tick()) == [.ignore(stage.key(id), author: "eve")])
        #expect(try stage.tick().entries.isEmpty)
        #expect(Set(stage.memory.calls) == [.changes, .mayWrite])
        #expect(stage.sidecars.values.isEmpty)
    }

    @Test func `a dry run lists what a tick then does, and writes not one row`() throws {
        for number in 1...6 { file("Task \(number)", by: number == 3 ? "eve" : "octo") }
        file("Kept", labels: ["no-agent"])
        let before = try dump()
        let planned = try stage.tick(isDryRun: true)
        #expect(try dump() == before)
        #expect(stage.hosts.started.isEmpty && stage.sidecars.writes == 0)
        #expect(Set(stage.memory.calls) == [.changes, .mayWrite])
        #expect(decisions(planned) == decisions(try stage.tick()))
        #expect(decisions(planned).count > 12)
        #expect(try dump() != before)
    }

    @Test func `what a host writes while the tracker is asked is not overwritten`() throws {
        let id = file()
        try stage.tick()
        stage.memory.edit(id) { $0.labels.append("bug") }
        stage.whileAsked = { [stage] in
            try stage.store.change(
                stage.key(id), [.pullRequest("https://x/1"), .branch("b"), .labelledStatus(.inProgress)])
        }
        try stage.tick()
        let row = try task(id)
        #expect(row.labels.contains("bug"))
        #expect(row.pullRequest == "https://x/1" && row.branch == "b")
        #expect(row.labelledStatus == .inProgress && row.status == .inProgress)
    }

    @Test func `what a person does to a task while other trackers are asked is not undone`() throws {
        let id = file()
        addSecondProject()
        var asked = 0
        stage.whileAsked = { [stage] in
            asked += 1
            if asked == 2 { try stage.store.change(stage.key(id), [.held(true)]) }
        }
        let report = try stage.tick()
        #expect(!report.started.contains(stage.key(id)))
        #expect(try stage.store.runs(of: stage.key(id), limit: 1).isEmpty)
    }

    @Test func `an issue's own time stays the tracker's`() throws {
        let id = file()
        stage.clock.advance(.seconds(100))
        try stage.tick()
        #expect(try task(id).updatedAt == stage.clock.now - .seconds(100))
    }

    @Test func `a sidecar that cannot be written is reported, and the row is right all the same`() throws {
        let id = file()
        stage.sidecars.failure = SidecarError(path: "/x", detail: "full")
        let report = try stage.tick()
        #expect(report.entries.filter { $0.error != nil }.map(\.phase) == ["sidecar"])
        // What was decided counts at once, and goes on.
        #expect(try task(id).status == .inProgress)
        #expect(report.started == [stage.key(id)])
    }

    @Test func `an issue that is gone from a complete list is closed`() throws {
        let id = file(by: "eve")
        try stage.tick()
        stage.memory.delete(id)
        try stage.store.setCursor("changes:\(stage.project.id.rawValue)", to: "")
        try stage.tick()
        #expect(try task(id).isClosed)
    }

    @Test func `the text of a trusted task stays as it was when it was trusted`() throws {
        let id = file()
        try stage.tick()
        stage.memory.edit(id) {
            $0.title = "Do something else"
            $0.body = "Do something else"
        }
        try stage.tick()
        #expect(try stage.store.body(of: stage.key(id)) == "Please")
        #expect(try task(id).title == "Fix it")
    }

    @Test
    func `a person's label takes title and text as they are by then, if their author may still drive orch`()
        throws
    {
        stage.memory.writers = ["alice"]
        let id = file(by: "alice")
        try stage.tick()
        let run = try #require(try stage.liveRun(of: id))
        #expect(try stage.store.endRun(run.id, outcome: RunOutcome(status: .inReview), now: stage.clock.now))
        try stage.tick()
        stage.clock.advance(.seconds(10))
        stage.memory.edit(id) {
            $0.title = "Better"
            $0.body = "Clearer"
            $0.labels = ["status:new"]
        }
        try stage.tick()
        #expect(try task(id).title == "Better")
        #expect(try stage.store.body(of: stage.key(id)) == "Clearer")
        #expect(try stage.liveRun(of: id) != nil)
        stage.memory.writers = []
        stage.clock.advance(.seconds(10))
        stage.memory.edit(id) { $0.labels = ["status:blocked"] }
        try stage.tick()
        stage.clock.advance(.seconds(10))
        stage.memory.edit(id) { $0.labels = ["status:new"] }
        #expect(decisions(try stage.tick()).contains(.ignore(stage.key(id), author: "alice")))
    }

    @Test func `an author who was refused and then let in is taken in when the issue changes`() throws {
        let id = file(by: "alice")
        try stage.tick()
        stage.memory.writers = ["alice"]
        #expect(try stage.tick().entries.isEmpty)
        stage.clock.advance(.seconds(10))
        _ = stage.memory.say("May I now?", by: "alice", on: id)
        #expect(try stage.tick().started == [stage.key(id)])
    }

    @Test func `nobody asks whether a stranger may write`() throws {
        let id = file(by: "eve")
        stage.memory.edit(id) { $0.isByStranger = true }
        #expect(decisions(try stage.tick()) == [.ignore(stage.key(id), author: "eve")])
        #expect(stage.memory.calls == [.changes])
    }

    @Test func `the result of an issue that was closed meanwhile is not lost`() throws {
        let id = file()
        try stage.tick()
        let run = try #require(try stage.liveRun(of: id))
        let outcome = RunOutcome(status: .inReview, pullRequest: "https://x/1")
        #expect(try stage.store.endRun(run.id, outcome: outcome, now: stage.clock.now))
        stage.memory.edit(id) { $0.isClosed = true }
        try stage.tick()
        #expect(try task(id).isClosed && task(id).status == .inReview)
        #expect(try task(id).pullRequest == "https://x/1")
        stage.memory.edit(id) { $0.isClosed = false }
        #expect(try stage.tick().started.isEmpty)
    }

    @Test func `closing an issue stops its agent`() throws {
        let id = file()
        try stage.tick()
        let run = try #require(try stage.liveRun(of: id))
        stage.memory.edit(id) { $0.isClosed = true }
        try stage.tick()
        #expect(try stage.store.isStopRequested(run.id))
    }

    @Test func `a project whose labels are refused is left alone for a while`() throws {
        stage.project.settings.workflow.parallel = 0
        for _ in 1...5 { file() }
        stage.memory.fail(.changeLabels, with: .forbidden(detail: "read only"), times: 2)
        #expect(try stage.tick().hasFailures)
        #expect(stage.memory.calls.count { $0 == .changeLabels } == 1)
        try stage.tick()
        #expect(stage.memory.calls.count { $0 == .changeLabels } == 1)
        stage.clock.advance(.seconds(301))
        try stage.tick()
        #expect(stage.memory.calls.count { $0 == .changeLabels } == 2)
    }

    @Test func `an issue that is gone is told by its label, and its task is closed`() throws {
        stage.project.settings.workflow.parallel = 0
        let id = file()
        stage.whileAsked = { [stage] in stage.memory.delete(id) }
        stage.memory.fail(.changes, with: .offline(detail: "no"), times: 0)
        try stage.store.save(
            [
                (
                    AgentTask(key: stage.key(id), title: "Fix it", status: .new).applying([.trusted(true)]),
                    "Please"
                )
            ],
            cursor: ("changes:\(stage.project.id.rawValue)", "99"))
        #expect(try stage.tick().hasFailures)
        #expect(try task(id).isClosed)
        #expect(try stage.tick().entries.isEmpty)
    }

    @Test func `where GitHub is switched off no label is said to be written`() throws {
        stage.project.settings.workflow.parallel = 0
        stage.memory.fail(.changeLabels, with: .offline(detail: "no"))
        file()
        try stage.tick()
        stage.project.settings.github.isEnabled = false
        #expect(try stage.tick().entries.isEmpty)
    }

    @Test func `a tick that was overtaken stops`() throws {
        file()
        addSecondProject()
        let other = Owner(bootID: "boot", pid: 9, startTime: 1)
        stage.whileAsked = { [stage] in
            stage.clock.advance(.seconds(400))
            let (now, until) = (stage.clock.now, stage.clock.now + .seconds(300))
            _ = try stage.store.takeLease("tick", owner: other, now: now, until: until) { _ in false }
        }
        #expect(throws: EngineError.overtaken) { try stage.tick() }
        #expect(stage.hosts.started.isEmpty)
    }

    @Test func `a tick killed at any instant is finished by the next ones`() throws {
        let (expected, checkpoints) = try outcome(killedAt: nil)
        #expect(checkpoints > 60)
        for checkpoint in 0..<checkpoints {
            let (found, _) = try outcome(killedAt: checkpoint)
            #expect(found == expected, "killed at \(checkpoint) of \(checkpoints)")
        }
    }

    /// Three issues, one stranger's, one run that has ended, one whose host died: where all
    /// that stands after the ticks.
    private func outcome(killedAt checkpoint: Int?) throws -> (rows: [String], checkpoints: Int) {
        let stage = try EngineStage()
        stage.project.settings.workflow.parallel = 9
        let ended = try stage.dispatched(TaskDraft(title: "Ended"))
        let orphaned = try stage.dispatched(TaskDraft(title: "Orphaned"))
        let limit = RunOutcome(failure: .usageLimit(resetsAt: nil), status: .needsReview, message: "limit")
        #expect(try stage.store.endRun(ended.id, outcome: limit, now: stage.clock.now))
        let gone = Owner(bootID: "boot", pid: 77, startTime: 1)
        #expect(try stage.store.setHost(gone, of: orphaned.id, expecting: nil))
        stage.hosts.kill(gone)
        for author in ["octo", "eve", "octo"] { stage.memory.file(TaskDraft(title: "New"), author: author) }
        stage.fuse.set(checkpoint)
        _ = try? stage.tick()
        let checkpoints = stage.fuse.passed
        stage.fuse.set(nil)
        stage.clock.advance(.seconds(60))
        for _ in 0..<2 { try stage.tick() }
        let tasks = try stage.store.tasks(of: stage.project.id, status: nil, limit: 99)
        let rows = try tasks.map { task in
            let runs = try stage.store.runs(of: task.key, limit: 9)
            let hosts = runs.map { run in stage.hosts.started.contains(run.id) }
            let labels = try stage.memory.get(task.key.id)?.labels ?? []
            return """
                \(task.key.id) \(task.status) \(task.isTrusted as Any) \(task.agent as Any) \(task.attempts) \
                \(task.failoverChain) \(runs.map(\.state)) \(hosts) \(labels) \
                \(stage.sidecars.values[task.key]?["status"] as Any)
                """
        }
        return (rows.sorted(), checkpoints)
    }

    /// Every row of every table.
    private func dump() throws -> [String] {
        let store = try #require(stage.store as? SQLiteStore)
        let names = try column(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", in: store)
        return try names.flatMap { table in
            let columns = try column("SELECT name FROM pragma_table_info('\(table)')", in: store)
            let values = columns.map { "quote(\"\($0)\")" }.joined(separator: " || ',' || ")
            return try column("SELECT '\(table): ' || \(values) FROM \"\(table)\"", in: store)
        }
    }

    private func column(_ query: String, in store: SQLiteStore) throws -> [String] {
        try store.database.query(query) { row throws(SQLiteError) in try row[0] }
    }

    @Test func `what a person does to a task while its sidecar is written is not undone`() throws {
        let id = file()
        stage.agents = []
        try stage.tick()
        stage.agents = [.claude]
        stage.sidecars.whileWriting = { [stage] in
            try stage.store.change(stage.key(id), [.held(true), .status(.needsReview)])
        }
        #expect(try stage.tick().hasFailures)
        #expect(try task(id).status == .needsReview)
    }
}
