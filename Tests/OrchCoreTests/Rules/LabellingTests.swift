import OrchCore
import Testing

@Suite struct LabellingTests {
    private func isLabelled(_ snapshot: Snapshot) -> Bool {
        Labelling.decide(snapshot) == [.label(issue(1), .new)]
    }

    private func lagging(_ change: (inout AgentTask) -> Void = { _ in }) -> AgentTask {
        task(1) {
            $0.labelledStatus = nil
            change(&$0)
        }
    }

    @Test func `a label that lags behind is written, once`() {
        let snapshot = snapshot([lagging()])
        #expect(isLabelled(snapshot))
        #expect(Labelling.decide(snapshot.after(Labelling.decide(snapshot))).isEmpty)
    }

    @Test func `what must not be touched is not touched`() {
        #expect(!isLabelled(snapshot([lagging { $0.isTrusted = false }])))
        #expect(!isLabelled(snapshot([lagging { $0.isTrusted = nil }])))
        #expect(!isLabelled(snapshot([lagging { $0.isClosed = true }])))
        #expect(!isLabelled(snapshot([lagging { $0.labels = ["no-agent"] }])))
        #expect(!isLabelled(snapshot([lagging { $0.labels = ["blocked"] }])))
        #expect(!isLabelled(snapshot([lagging()]).with { $0.unreachable = [app] }))
        #expect(!isLabelled(snapshot([lagging()]).with { $0.unlabelled = [app] }))
        #expect(!isLabelled(snapshot([lagging()], runs: [run(1, of: 1)])))
    }

    @Test func `internal tasks have no labels to write`() {
        var own = AgentTask(
            key: TaskKey(project: app, backend: .internal, id: "i1"), title: "t", status: .new)
        own.isTrusted = true
        #expect(Labelling.decide(snapshot([own])).isEmpty)
    }

    @Test func `a tick writes so many, and the next one goes on`() {
        let many = snapshot((1...50).map { number in task(number) { $0.labelledStatus = nil } })
        let first = Labelling.decide(many)
        #expect(first.count == Labelling.limit)
        #expect(Labelling.decide(many.after(first)).first == .label(issue(Labelling.limit + 1), .new))
    }
}
