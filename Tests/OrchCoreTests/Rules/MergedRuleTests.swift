import OrchCore
import Testing

@Suite struct MergedRuleTests {
    private func pull(_ number: Int, _ state: TrackedPullRequest.State, head: String = "b")
        -> TrackedPullRequest
    {
        TrackedPullRequest(number: number, head: head, state: state)
    }

    private func decide(_ tasks: [AgentTask], _ pulls: [TrackedPullRequest]) -> [MergedRule.Step] {
        MergedRule.decide(MergedRule.Picture(tasks: tasks, pulls: pulls))
    }

    @Test func `merged is done, closed asks, open waits`() {
        let tasks = [21, 22, 23].map { number in
            task(number, .inReview) { $0.pullRequest = "https://github.com/octo/app/pull/\(number)" }
        }
        let pulls = [pull(21, .merged), pull(22, .closed), pull(23, .open)]
        #expect(decide(tasks, pulls) == [.finish(tasks[0], pulls[0]), .ask(tasks[1], pulls[1])])
    }

    @Test func `without an address the newest pull request of the branch counts, and none of a fork`() {
        let known = task(7, .inReview) { $0.branch = "b" }
        var fork = pull(9, .merged)
        fork.isFromFork = true
        #expect(
            decide([known], [pull(5, .closed), pull(8, .merged), fork]) == [.finish(known, pull(8, .merged))])
        #expect(decide([task(7, .inReview)], [pull(8, .merged, head: "")]).isEmpty)
    }

    @Test func `one that was closed beside an open one is no end`() {
        var picture = MergedRule.Picture(
            tasks: [task(7, .inReview) { $0.branch = "b" }], pulls: [pull(5, .closed)])
        picture.openHeads = ["b"]
        #expect(MergedRule.decide(picture).isEmpty)
    }
}
