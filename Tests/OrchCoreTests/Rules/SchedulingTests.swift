import OrchCore
import Testing

@Suite struct SchedulingTests {
    private let key = TaskKey(project: app, backend: .job, id: "sync")
    private let minute: Duration = .seconds(60)

    private func job(_ change: (inout Job) -> Void = { _ in }) -> Job {
        var job = Job(
            key: key, schedule: "* * * * *", work: .task(TaskDraft(title: "Sync"), agent: nil),
            directory: "/srv/app")
        change(&job)
        return job
    }

    private func bash(_ change: (inout Job) -> Void = { _ in }) -> Job {
        var job = Job(key: key, schedule: "* * * * *", work: .bash("true"), directory: "/srv/app")
        change(&job)
        return job
    }

    private func steps(
        _ job: Job, due: [Timestamp] = [noon], runs: [Run] = [],
        _ change: (inout ScheduledJob) -> Void = { _ in }
    ) -> [JobStep] {
        var scheduled = ScheduledJob(job)
        scheduled.due = due
        change(&scheduled)
        let picture = snapshot(runs: runs).with { $0.jobs = [scheduled] }
        return Scheduling.decide(picture).compactMap {
            if case .schedule(_, let step) = $0 { step } else { nil }
        }
    }

    private func jobRun(_ state: Run.State) -> Run {
        var run = Run(
            id: Run.ID(rawValue: 1),
            draft: RunDraft(task: key, kind: .job, agent: .bash, root: "/a", now: noon),
            directory: "/a/1")
        run.state = state
        return run
    }

    @Test func `a job that is due fires, and one that is not does not`() {
        #expect(steps(job()) == [.fire(due: noon)])
        #expect(steps(job(), due: []) == [])
        #expect(steps(job { $0.isEnabled = false }) == [])
    }

    @Test func `a job of what is paused does not fire, and what its file says is kept all the same`() {
        var scheduled = ScheduledJob(job { $0.state.activeTask = "7" })
        scheduled.due = [noon]
        let picture = snapshot().with {
            $0.jobs = [scheduled]
            $0.pauses = [WorkPause(project: app, since: noon, actor: "cli:ada")]
        }
        let steps = Scheduling.decide(picture).compactMap { decision -> JobStep? in
            if case .schedule(_, let step) = decision { step } else { nil }
        }
        #expect(steps.count == 1)
        #expect(!steps.contains { if case .fire = $0 { true } else { false } })
    }

    @Test func `missed moments are made up for as the job says`() {
        let due = [noon - .seconds(3600), noon - .seconds(1800), noon - .seconds(300)]
        #expect(steps(job { $0.catchUp = .once }, due: due) == [.fire(due: due[2])])
        #expect(steps(job { $0.catchUp = .skip }, due: due) == [])
        #expect(steps(job { $0.catchUp = .skip }, due: [noon - Scheduling.onTime]) != [])
        #expect(steps(job { $0.catchUp = .all }, due: due) == [.fire(due: due[0])])
    }

    @Test(arguments: [
        (TaskStatus.new, false), (.routed, false), (.inProgress, false), (.inReview, true),
        (.needsReview, true),
        (.done, true),
    ])
    func `a task that is under way holds the next one up, and no other does`(status: TaskStatus, fires: Bool)
    {
        let found = steps(job { $0.state.activeTask = "7" }) { $0.activeTask = task(7, status) }
        #expect(found.contains(.fire(due: noon)) == fires)
    }

    @Test func `a parent that waits for its children is under way, one with an error is not`() {
        #expect(steps(job()) { $0.activeTask = task(7, .blocked) }.contains(.fire(due: noon)) == false)
        let failed = task(7, .blocked) { $0.lastError = "no access" }
        #expect(steps(job()) { $0.activeTask = failed }.contains(.fire(due: noon)) == true)
    }

    @Test func `a task that nobody knows any more holds nothing up, and is forgotten`() {
        #expect(steps(job { $0.state.activeTask = "99" }) == [.note([.activeTask(nil)]), .fire(due: noon)])
    }

    @Test func `how the last task ended is noted once`() {
        let waiting = job { $0.state.activeTask = "7" }
        let ended = steps(waiting, due: []) { $0.activeTask = task(7, .needsReview) }
        #expect(ended == [.note([.lastStatus("needs_review"), .activeTask(nil)])])
        let closed = steps(waiting, due: []) { $0.activeTask = task(7, .new) { $0.isClosed = true } }
        #expect(closed == [.note([.lastStatus("done"), .activeTask(nil)])])
        #expect(steps(job(), due: []) { $0.activeTask = task(7, .done) } == [])
    }

    @Test func `what the file has lost is written again from the store`() {
        let fire = Fire(due: noon, firedAt: noon, effect: .task(issue(7)))
        let found = steps(job(), due: []) {
            $0.lastFire = fire
            $0.activeTask = task(7, .new)
        }
        #expect(found == [.note([.lastRun(noon), .activeTask("7")])])
    }

    @Test
    func `a fire without effect is finished before anything else, even of a job that was disabled since`() {
        let fire = Fire(due: noon - minute, firedAt: noon, effect: .pending)
        let disabled = job {
            $0.isEnabled = false
            $0.state.lastRun = noon
        }
        #expect(steps(disabled) { $0.lastFire = fire } == [.fire(due: noon - minute)])
    }

    @Test(arguments: [Run.State.starting, .running, .ended])
    func `a command that runs, or whose end is not collected, is not started again`(state: Run.State) {
        var run = jobRun(state)
        if state == .ended { run.outcome = RunOutcome(status: .done) }
        #expect(steps(bash(), runs: [run]) == [])
    }

    @Test func `a job that cannot be done is switched off when it is due, not before`() {
        let bad = bash { $0.refusal = "its folder is not there" }
        #expect(steps(bad) == [.refuse(reason: "its folder is not there")])
        #expect(steps(bad, due: []) == [])
    }

    @Test func `one job's trouble is no other's, and commands take no agent's place`() {
        let other = TaskKey(project: app, backend: .job, id: "other")
        var second = ScheduledJob(Job(key: other, schedule: "@daily", work: .bash("true"), directory: "/"))
        second.due = [noon]
        var first = ScheduledJob(bash { $0.refusal = "bad" })
        first.due = [noon]
        let picture = snapshot(runs: [jobRun(.running)]).with { $0.jobs = [first, second] }
        #expect(Scheduling.decide(picture) == [.schedule(second.job, .fire(due: noon))])
        #expect(picture.liveRuns(of: app) == 0)
    }
}
