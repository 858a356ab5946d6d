import JSON
import KitTesting
import OrchCore
import OrchEngine
import OrchTesting
import Testing

/// A host that is killed at any instant is taken over, and what the world sees in the end is the same.
@Suite struct TakeOverTests {
    /// One way a task can go, and what has to be there in the end.
    struct Story: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let prepare: @Sendable (EngineStage) -> Void
    }

    static let done = #"{"status":"done","summary":"Fixed @bob's login"}"#
    /// It goes on for a while, until it is killed.
    static var stubborn: [FakeKeeper.Act] { [.line("text no"), .line("text still no"), .exit(137)] }
    static let planned = """
        {"status":"done","summary":"Three parts","delegations":[{"title":"One"},{"title":"Two","labels":["bug"]}]}
        """

    static let stories = [
        Story(testDescription: "work from issue to pull request") { $0.script($0.work(done)) },
        Story(testDescription: "a blocked agent") {
            $0.script($0.work(#"{"status":"blocked","reason":"no access","blockers":["a"]}"#))
        },
        Story(testDescription: "an agent at its limit") {
            $0.script([.line("session s-1"), .line("fail usage_limit"), .exit(1)])
        },
        Story(testDescription: "a project without a forge") { stage in
            stage.hasForge = false
            stage.script(stage.work(done))
        },
        Story(testDescription: "an agent that is resumed with a person's words") { stage in
            stage.takesWords = false
            let say: FakeKeeper.Act = .meanwhile { [unowned stage] in
                guard let run = try stage.liveRun(of: "1") else { return }
                _ = try stage.store.say("and tests", by: "octo", to: run.id, now: stage.clock.now)
            }
            stage.script([.line("session s-1"), .line("text Reading"), say, .hang])
            stage.script(Array(stage.work(done).dropFirst()))
        },
        Story(testDescription: "words for an agent that takes them while it runs") { stage in
            let say: FakeKeeper.Act = .meanwhile { [unowned stage] in
                guard let run = try stage.liveRun(of: "1") else { return }
                _ = try stage.store.say("and tests", by: "octo", to: run.id, now: stage.clock.now)
            }
            stage.script([.line("session s-1"), say, .awaitInput(2)] + stage.work(done).dropFirst())
        },
        Story(testDescription: "an agent that does not obey when a person stops it") { stage in
            let stop: FakeKeeper.Act = .meanwhile { [unowned stage] in
                guard let run = try stage.liveRun(of: "1") else { return }
                _ = try stage.store.requestStop(of: run.id, by: "octo")
            }
            stage.script([.line("session s-1"), stop] + stubborn)
        },
        Story(testDescription: "an agent that does not obey when its time is over") { stage in
            let wait: FakeKeeper.Act = .meanwhile { [unowned stage] in stage.clock.advance(.seconds(90_000)) }
            stage.script([.line("session s-1"), wait] + stubborn)
        },
        Story(testDescription: "an agent that does not obey when its tokens are used up") { stage in
            stage.project.settings.workflow.maxTokens = 1_000
            stage.script([.line("session s-1"), .line("usage 900 100")] + stubborn)
        },
        Story(testDescription: "a plan with children") { $0.script($0.work(planned)) },
        Story(testDescription: "a push that is refused") { stage in
            stage.repository.fail(.push, with: .pushRejected(detail: "protected branch"), times: 1000)
            stage.script(stage.work(done))
        },
    ]

    private func begin(_ story: Story) throws -> (EngineStage, Run) {
        let stage = try EngineStage()
        story.prepare(stage)
        var draft = TaskDraft(title: "Fix it", body: "Please")
        if story.testDescription.hasPrefix("a plan") { draft.labels = [Labels.plan] }
        return (stage, try stage.dispatched(draft))
    }

    /// Ticks and hosts, until nothing is left to be done about the run.
    private func finish(_ stage: EngineStage, _ run: Run) throws {
        for _ in 0..<4 {
            stage.fuse.set(nil)
            try stage.tick()
            guard let live = try stage.store.run(run.id), live.state.isLive else { break }
            try stage.host(live)
        }
        stage.agents = []
        try stage.tick()
    }

    @Test(arguments: stories) func `a host killed at any instant changes nothing`(_ story: Story) throws {
        let (calm, run) = try begin(story)
        calm.fuse.set(nil)
        try calm.host(run)
        let checkpoints = calm.fuse.passed
        try finish(calm, run)
        let expected = try Result(calm, run)
        #expect(checkpoints > 50)
        #expect(expected.run.hasPrefix("collected"))
        // To the world, dying after a call and dying before the next one are the same.
        for checkpoint in stride(from: 0, to: checkpoints, by: 2) {
            let (stage, run) = try begin(story)
            stage.fuse.set(checkpoint)
            _ = try? stage.host(run)
            #expect(stage.fuse.isDead)
            try finish(stage, run)
            let found = try Result(stage, run)
            let difference = expected.difference(to: found)
            #expect(difference.isEmpty, "killed at \(checkpoint) of \(checkpoints)")
            if !difference.isEmpty { break }
        }
    }

    @Test(arguments: stories) func `two hosts killed in a row change nothing`(_ story: Story) throws {
        let (calm, run) = try begin(story)
        calm.fuse.set(nil)
        try calm.host(run)
        let checkpoints = calm.fuse.passed
        try finish(calm, run)
        let expected = try Result(calm, run)
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<15 {
            let kills = [
                Int.random(in: 0..<checkpoints, using: &generator), Int.random(in: 0..<40, using: &generator),
            ]
            let (stage, run) = try begin(story)
            for kill in kills {
                stage.fuse.set(kill)
                guard let live = try stage.store.run(run.id), live.state.isLive else { continue }
                _ = try? stage.host(live)
            }
            try finish(stage, run)
            let difference = expected.difference(to: try Result(stage, run))
            #expect(difference.isEmpty, "killed at \(kills)")
        }
    }

    /// What can be seen of a run when all is over.
    struct Result {
        let run: String
        let task: String
        let comments: [String]
        let labels: [String]
        let pullRequests: [String]
        let commits: [String]
        let pushed: [Int]
        let children: [String]
        let sidecar: [String: SidecarValue]
        let sessions: Int
        let shown: [String]
        let input: [String]
        let hooks: Set<String>
        let isClaimed: Bool

        init(_ stage: EngineStage, _ run: Run) throws {
            let row = try stage.store.run(run.id)
            self.run =
                "\(row?.state.rawValue ?? "gone") \(row?.outcome.map { "\($0)" } ?? "") \(row?.usage.totalTokens ?? 0)"
            let tasks = try stage.store.tasks(of: stage.project.id, status: nil, limit: 100)
            let task = tasks.first { $0.key == run.task }
            self.task = "\(task.map { Self.image($0) } ?? "gone")"
            comments = try stage.memory.comments(on: run.task.id, limit: 100).map {
                Self.withoutDuration($0.body)
            }
            labels = try stage.memory.get(run.task.id)?.labels.sorted() ?? []
            pullRequests = stage.memory.pullRequests.map {
                "\($0.draft.title) \($0.draft.body) \($0.made.url)"
            }
            commits = stage.repository.commits.values.flatMap { $0 }
            pushed = Array(stage.repository.pushed.values)
            children = tasks.filter { $0.parent == run.task }.map { "\($0.key.id) \($0.title) \($0.labels)" }
                .sorted()
            var sidecar = stage.sidecars.values[run.task] ?? [:]
            sidecar["duration"] = nil
            self.sidecar = sidecar.filter { $0.key != "last_comment_hash" }
            sessions = stage.keeper.legs.count
            shown = Self.once(
                (stage.disk.files["\(run.directory)/events.ndjson"] ?? "").split(separator: "\n").compactMap {
                    line in
                    let fields = try? JSONValue(parsing: String(line))
                    let kind = fields?["kind"].string ?? "torn"
                    return ["sent", "resume"].contains(kind)
                        ? nil : "\(kind) \(fields?["text"].string ?? "")"
                })
            input = stage.keeper.legs.flatMap { Self.once($0.leg.input) }
            // That an agent says nothing is its living host's to see; the next one begins to listen anew.
            hooks = Set(stage.hooks.map(\.name)).subtracting(["on_agent_idle"])
            isClaimed = stage.claims.holder(of: run.task) != nil
        }

        /// What is not the same, by name.
        func difference(to other: Result) -> [String] {
            zip(Mirror(reflecting: self).children, Mirror(reflecting: other).children).compactMap {
                ours, theirs in
                let (left, right) = ("\(ours.value)", "\(theirs.value)")
                // Sets and dictionaries print in any order. Sorting is what takes long, and seldom needed.
                let areSame = left == right || left.utf8.sorted() == right.utf8.sorted()
                return areSame ? nil : "\(ours.label ?? ""): \(left) → \(right)"
            }
        }

        private static func image(_ task: AgentTask) -> String {
            """
            \(task.status) \(task.labelledStatus as Any) \(task.agent as Any) \(task.attempts) \(task.branch as Any) \
            \(task.worktree as Any) \(task.pullRequest as Any) \(task.summary as Any) \(task.lastError as Any) \
            \(task.parkedUntil as Any) \(task.failoverChain) \(task.sameErrorCount) \(task.isHeld)
            """
        }

        /// Of what was done twice because its host died before it could say so, one.
        private static func once(_ items: [String]) -> [String] {
            items.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
        }

        private static func withoutDuration(_ text: String) -> String {
            text.split(separator: "\n").filter { !$0.contains("**Duration**") }.joined(separator: "\n")
        }
    }
}
