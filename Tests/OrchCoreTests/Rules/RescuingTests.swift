import OrchCore
import Testing

@Suite struct RescuingTests {
    @Test func `a run whose host lives is left alone, however long it takes`() {
        var old = snapshot([task(1, .inProgress)], runs: [run(1, of: 1)])
        old = Snapshot(now: noon + .seconds(1_000_000)).with {
            $0.projects = old.projects
            $0.add(old.tasks)
            $0.add(old.runs)
        }
        #expect(Rescuing.decide(old).isEmpty)
    }

    @Test func `a run whose host is gone gets a new one`() {
        let snapshot = snapshot([task(1, .inProgress)], runs: [run(1, of: 1)])
            .with { $0.orphans = [Run.ID(rawValue: 1)] }
        #expect(Rescuing.decide(snapshot) == [.takeOver(snapshot.runs[0], reason: "its host is gone")])
    }

    @Test func `a run that used up its hosts is given up as lost`() {
        let worn = run(1, of: 1) { $0.takeovers = Rescuing.takeoverLimit }
        let snapshot = snapshot([task(1, .inProgress)], runs: [worn])
            .with { $0.orphans = [worn.id] }
        guard case .giveUp(_, let outcome)? = Rescuing.decide(snapshot).first else {
            return #expect(Bool(false), "it was not given up")
        }
        #expect(outcome.failure == .lost)
        #expect(snapshot.after(Rescuing.decide(snapshot)).hasLiveRun(issue(1)) == false)
    }

    @Test(arguments: [
        (takeovers: 0, age: 5, isRescued: false), (0, 6, true), (1, 10, false), (1, 11, true), (4, 80, false),
        (4, 81, true),
    ])
    func `a host that has not reported is given twice as long each time`(
        takeovers: Int, age: Int, isRescued: Bool
    ) {
        let silent = run(1, of: 1) {
            $0.state = .starting
            $0.host = nil
            $0.takeovers = takeovers
        }
        let snapshot = Snapshot(now: noon + .seconds(age)).with { $0.add([silent]) }
        #expect(Rescuing.decide(snapshot).isEmpty == !isRescued)
    }

    @Test func `a task that shows in_progress while nothing runs comes back after the stuck time-out`() {
        let stuck = task(1, .inProgress) { $0.agent = .claude }
        #expect(Rescuing.decide(snapshot([stuck])).isEmpty)
        let late = Snapshot(now: noon + .seconds(1800)).with {
            $0.projects = snapshot().projects
            $0.add([stuck])
        }
        #expect(late.after(Rescuing.decide(late)).task(issue(1))?.status == .new)
        #expect(Rescuing.decide(late.with { $0.foreignClaims = [issue(1)] }).isEmpty)
    }

    @Test func `without an agent there is nothing to come back to`() {
        let stuck = snapshot([task(1, .inProgress)])
        #expect(stuck.after(Rescuing.decide(stuck)).task(issue(1))?.status == .needsReview)
    }

    @Test func `a run that waits to be collected is no stuck task`() {
        let ended = run(1, of: 1, outcome: RunOutcome(status: .done))
        #expect(Rescuing.decide(snapshot([task(1, .inProgress)], runs: [ended])).isEmpty)
    }

    @Test func `a run whose task a person took away is asked to end, once`() {
        let moved = [
            task(1, .blocked), task(1, .new), task(1, .inProgress) { $0.isClosed = true },
            task(1, .inProgress) { $0.labels = ["no-agent"] },
        ]
        for task in moved {
            let before = snapshot([task], runs: [run(1, of: 1)])
            guard case .stop? = Rescuing.decide(before).first else {
                Issue.record("\(task)")
                continue
            }
            #expect(Rescuing.decide(before.after(Rescuing.decide(before))).isEmpty)
        }
    }

    @Test func `what is being published is not stopped`() {
        let publishing = run(1, of: 1) { $0.state = .publishing }
        #expect(Rescuing.decide(snapshot([task(1, .blocked)], runs: [publishing])).isEmpty)
    }

    @Test func `a run that was begun by a clock that was ahead is given a host all the same`() {
        let silent = run(1, of: 1) {
            $0.state = .starting
            $0.host = nil
        }
        let snapshot = Snapshot(now: noon - .seconds(3600)).with { $0.add([silent]) }
        #expect(Rescuing.decide(snapshot).count == 1)
    }
}
