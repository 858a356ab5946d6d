import OrchCore
import Testing

@Suite struct JudgingTests {
    private func evidence(
        ahead: Int = 1, pushed: Bool = true, pullRequest: Bool = true,
        _ change: (inout Judging.Evidence) -> Void = { _ in }
    ) -> Judging.Evidence {
        var evidence = Judging.Evidence(
            commitsAhead: ahead, isPushed: pushed, hasForge: true, hasRemote: true)
        if pullRequest { evidence.pullRequest = "https://x/1" }
        change(&evidence)
        return evidence
    }

    private func status(
        _ word: AgentAnswer.Status = .done, _ evidence: Judging.Evidence
    ) -> TaskStatus { Judging.outcome(of: AgentAnswer(status: word), evidence: evidence).status }

    @Test func `done is taken from no agent's word alone`() {
        #expect(status(evidence(ahead: 0, pushed: false, pullRequest: false)) == .needsReview)
        #expect(status(evidence(pushed: false, pullRequest: false)) == .needsReview)
        #expect(status(evidence(pullRequest: false)) == .needsReview)
        #expect(status(evidence()) == .inReview)
    }

    private func status(_ evidence: Judging.Evidence) -> TaskStatus { status(.done, evidence) }

    @Test func `where a word is enough, done is done, and with a pull request in review`() {
        #expect(
            status(evidence(ahead: 0, pushed: false, pullRequest: false) { $0.isWordEnough = true }) == .done)
        #expect(status(evidence(ahead: 0, pushed: false) { $0.isWordEnough = true }) == .inReview)
        #expect(status(.needsReview, evidence { $0.isWordEnough = true }) == .needsReview)
    }

    @Test func `without a forge a pushed branch is the result, without a remote a commit`() {
        #expect(status(evidence(pullRequest: false) { $0.hasForge = false }) == .done)
        let local = evidence(pushed: false, pullRequest: false) {
            $0.hasForge = false
            $0.hasRemote = false
        }
        #expect(status(local) == .done)
    }

    @Test func `a task of words needs no commit, but what it commits is published`() {
        #expect(
            status(evidence(ahead: 0, pushed: false, pullRequest: false) { $0.needsNoCode = true }) == .done)
        #expect(status(evidence(pullRequest: false) { $0.needsNoCode = true }) == .needsReview)
    }

    @Test func `a plan without parts is none, and its parent's end needs no commit`() {
        let plan = evidence(ahead: 0, pushed: false, pullRequest: false) {
            $0.isPlanning = true
            $0.needsNoCode = true
        }
        #expect(status(plan) == .needsReview)
    }

    @Test(arguments: AgentAnswer.Status.allCases)
    func `a parent with children waits for them, whatever its agent says`(word: AgentAnswer.Status) {
        let outcome = Judging.outcome(
            of: AgentAnswer(status: word), evidence: evidence { $0.children = 2 })
        #expect(outcome.status == .blocked && outcome.message.isEmpty)
    }

    @Test(arguments: [AgentAnswer.Status.blocked, .needsReview])
    func `what stops a task is always said`(word: AgentAnswer.Status) {
        var answer = AgentAnswer(status: word)
        #expect(!Judging.outcome(of: answer, evidence: evidence()).message.isEmpty)
        answer.blockers = ["a", "b"]
        #expect(Judging.outcome(of: answer, evidence: evidence()).message == "a; b")
        answer.reason = "why"
        #expect(Judging.outcome(of: answer, evidence: evidence()).message == "why")
    }

    @Test func `an agent that left off in the middle goes on`() {
        #expect(status(.inProgress, evidence()) == .inProgress)
    }
}
