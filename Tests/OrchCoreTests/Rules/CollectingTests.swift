import OrchCore
import Testing

@Suite struct CollectingTests {
    private func after(_ outcome: RunOutcome, _ change: (inout AgentTask) -> Void = { _ in }) -> AgentTask {
        let snapshot = snapshot([task(1, .inProgress, change)], runs: [run(1, of: 1, outcome: outcome)])
        return snapshot.after(Collecting.decide(snapshot)).task(issue(1)) ?? task(0)
    }

    @Test func `a live run has no consequences`() {
        #expect(Collecting.decide(snapshot([task(1, .inProgress)], runs: [run(1, of: 1)])).isEmpty)
    }

    @Test func `the run of a task that is gone is collected without changes`() {
        let ended = run(1, of: 9, outcome: RunOutcome(status: .done))
        guard case .collect(_, let consequence)? = Collecting.decide(snapshot(runs: [ended])).first else {
            return #expect(Bool(false), "nothing was collected")
        }
        #expect(consequence.changes.isEmpty)
    }

    @Test(arguments: [
        (TaskStatus.done, TaskStatus.done), (.inReview, .inReview), (.needsReview, .needsReview),
        (.blocked, .blocked), (.inProgress, .routed),
    ])
    func `an answer puts its task where it stands`(status: TaskStatus, expected: TaskStatus) {
        #expect(after(RunOutcome(status: status, message: "m")).status == expected)
    }

    @Test func `success forgets earlier errors, limits and pauses`() {
        let done = after(RunOutcome(status: .inReview, summary: "s", pullRequest: "https://x/1")) {
            $0.lastError = "old"
            $0.sameErrorCount = 2
            $0.failoverChain = [.claude]
            $0.parkedUntil = noon
        }
        #expect(done.lastError == nil && done.sameErrorCount == 0 && done.failoverChain.isEmpty)
        #expect(done.parkedUntil == nil && done.summary == "s" && done.pullRequest == "https://x/1")
    }

    @Test func `the wait for children is no error, and a block with a reason is one`() {
        #expect(after(RunOutcome(status: .blocked)) { $0.lastError = "old" }.lastError == nil)
        #expect(after(RunOutcome(status: .blocked, message: "no access")).lastError == "no access")
    }

    @Test func `a person's stop holds the task until a person lets it go`() {
        let stopped = after(failed(.stopped))
        #expect(stopped.isHeld && stopped.status == .needsReview)
    }

    @Test(arguments: [
        AgentFailure.modelUnavailable("m"), .interactivePrompt, .timeOut, .silence, .tokenLimit, .costLimit,
        .toolMissing("cargo"), .invalidAnswer, .exited(1), .reported, .repository,
    ])
    func `a failure that lies with the task is for a person`(failure: AgentFailure) {
        let failed = after(failed(failure, "why")) { $0.attempts = 1 }
        #expect(failed.status == .needsReview && failed.lastError == "why" && failed.attempts == 1)
    }

    @Test func `a lost run is tried again at once, then later, and the third time alike by nobody`() {
        let first = after(failed(.lost, "gone"))
        #expect(first.status == .routed && first.parkedUntil == nil && first.sameErrorCount == 1)
        let second = after(failed(.lost, "gone")) {
            $0.lastError = "gone"
            $0.sameErrorCount = 1
        }
        #expect(second.status == .routed && second.parkedUntil == noon + .seconds(60))
        let third = after(failed(.lost, "gone")) {
            $0.lastError = "gone"
            $0.sameErrorCount = 2
        }
        #expect(third.status == .needsReview && third.lastError?.contains("3 times") == true)
    }

    @Test func `what was never started gives its attempt back and waits, longer each time`() {
        let first = after(failed(.notStarted, "disk")) { $0.attempts = 1 }
        #expect(first.status == .routed && first.attempts == 0)
        #expect(first.parkedUntil == noon + .seconds(60))
        let fifth = after(failed(.notStarted, "disk")) {
            $0.lastError = "disk"
            $0.sameErrorCount = 4
        }
        #expect(fifth.status == .routed && fifth.parkedUntil == noon + .seconds(960))
    }

    @Test func `another error begins the count anew`() {
        let other = after(failed(.contextOverflow, "too long")) {
            $0.lastError = "gone"
            $0.sameErrorCount = 2
        }
        #expect(other.status == .routed && other.sameErrorCount == 1)
    }

    @Test(arguments: [TaskStatus.blocked, .new, .done]) func `what a person said of it while it ran stays`(
        wish: TaskStatus
    ) {
        let outcomes = [
            failed(.stopped), failed(.lost), RunOutcome(status: .inReview, pullRequest: "https://x/1"),
        ]
        for outcome in outcomes {
            let before = snapshot([task(1, wish)], runs: [run(1, of: 1, outcome: outcome)])
            let after = before.after(Collecting.decide(before)).task(issue(1))
            #expect(after?.status == wish && after?.isHeld == false && after?.attempts == 0)
            #expect(after?.pullRequest == outcome.pullRequest)
        }
    }
}
