import OrchCore
import Testing

@Suite struct ChecksRuleTests {
    private func steps(_ pull: WatchedPull, rounds: Int = 3) -> [ChecksRule.Step] {
        ChecksRule.decide(PullBuilding.picture(pull) { $0.workflow.review.checkRounds = rounds })
    }

    @Test func `a failing set goes back to the agent, once a commit and set`() throws {
        var pull = PullBuilding.pull()
        pull.checks = PullBuilding.failing("tests", "lint")
        guard case .handBack(_, let failing, let key)? = steps(pull).first else {
            return #expect(Bool(false), "nothing is handed back")
        }
        #expect(failing.map(\.name) == ["tests", "lint"])
        pull.known = [FeedbackKey(.checks, key)]
        #expect(steps(pull).isEmpty)
        pull.checks = PullBuilding.failing("lint", "tests")
        #expect(steps(pull).isEmpty, "the order does not make another set")
        pull.checks = PullBuilding.failing("tests")
        #expect(steps(pull).count == 1)
        pull.pull.commit = "c2"
        pull.checks = PullBuilding.failing("tests", "lint", commit: "c2")
        #expect(steps(pull).count == 1, "the same set on another commit is another failure")
    }

    @Test func `after its rounds a person is asked, once`() {
        var pull = PullBuilding.pull()
        pull.checks = PullBuilding.failing("tests")
        pull.checkRounds = 3
        guard case .askPerson(_, let key, let reason)? = steps(pull).first else {
            return #expect(Bool(false), "nobody is asked")
        }
        #expect(reason.contains("#12") && reason.contains("3 rounds: tests"))
        pull.known = [FeedbackKey(.checks, key)]
        #expect(steps(pull).isEmpty)
    }

    @Test func `what is still under way is waited for, but not for ever`() {
        var pull = PullBuilding.pull()
        pull.checks = PullBuilding.failing("tests", pending: true)
        #expect(steps(pull).isEmpty)
        pull.checks = PullBuilding.failing("tests", pending: true, age: ChecksRule.patience)
        #expect(steps(pull).count == 1)
    }

    @Test(
        arguments: [
            { (pull: inout WatchedPull) in pull.checks = nil },
            { $0.checks = PullBuilding.failing(commit: "c1") },
            { $0.checks = PullBuilding.failing("tests", commit: "old") },
            { $0.isBusy = true },
            { $0.task = nil },
            { $0.task?.status = .needsReview },
            { $0.task?.status = .done },
            { $0.task?.isHeld = true },
            { $0.task?.isClosed = true },
            { $0.task?.isTrusted = nil },
            { $0.task?.labels = [Labels.noAgent] },
        ] as [@Sendable (inout WatchedPull) -> Void])
    func `nothing is handed back where there is nothing new, or nobody to hand it to`(
        change: @Sendable (inout WatchedPull) -> Void
    ) {
        var pull = PullBuilding.pull()
        pull.checks = PullBuilding.failing("tests")
        change(&pull)
        #expect(steps(pull).isEmpty)
    }

    @Test func `nothing checked is not green`() {
        #expect(!PullChecks(commit: "c", checks: []).isGreen)
        #expect(!PullChecks(commit: "c", checks: [PullCheck(name: "a", state: .ignored)]).isGreen)
        #expect(!PullBuilding.failing("a").isGreen)
        #expect(PullBuilding.failing().isGreen)
    }
}
