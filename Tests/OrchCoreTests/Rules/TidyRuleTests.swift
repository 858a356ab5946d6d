import OrchCore
import Testing

@Suite struct TidyRuleTests {
    private func decide(_ remains: Remains, lastReason: String? = nil) -> [TidyRule.Step] {
        var picture = TidyRule.Picture()
        picture.tasks = [TidyRule.Finding(task: task(7, .done), remains: remains, lastReason: lastReason)]
        return TidyRule.decide(picture)
    }

    @Test func `only what is proven goes`() {
        var left = Remains.Leftovers()
        left.worktree = "/w"
        left.branch = "b"
        #expect(decide(.proven(left)) == [.remove(task(7, .done), left)])
        #expect(decide(.nothing) == [.settle(task(7, .done))])
        #expect(decide(.unproven("dirty")) == [.keep(task(7, .done), reason: "dirty")])
    }

    @Test func `why something stays is said once, and anew where the reason is another`() {
        #expect(decide(.unproven("dirty"), lastReason: "dirty").isEmpty)
        #expect(decide(.unproven("dirty"), lastReason: "offline").count == 1)
    }

    @Test func `a year's leavings are swept in bounds`() {
        var picture = TidyRule.Picture()
        picture.old = (1...2000).map { OldThing(.attempt, "/a/\($0)") }
        guard case .sweep(let old)? = TidyRule.decide(picture).first else {
            Issue.record("nothing is swept")
            return
        }
        #expect(old.count == TidyRule.oldLimit)
    }
}
