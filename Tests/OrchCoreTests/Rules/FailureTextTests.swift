import OrchCore
import Testing

@Suite struct FailureTextTests {
    static let failures: [AgentFailure] = [
        .programMissing("claude"), .authentication, .usageLimit(resetsAt: nil), .usageLimit(resetsAt: noon),
        .modelUnavailable(""), .modelUnavailable("m"), .contextOverflow, .interactivePrompt, .timeOut,
        .silence,
        .tokenLimit, .costLimit, .toolMissing("cargo"), .invalidAnswer, .stopped, .lost, .exited(3),
        .reported,
    ]

    @Test(arguments: failures) func `every failure has a sentence, with what was said`(failure: AgentFailure)
    {
        let plain = FailureText.sentence(for: failure, agent: .claude, said: "")
        #expect(!plain.isEmpty && !plain.hasSuffix("."))
        #expect(FailureText.sentence(for: failure, agent: .claude, said: "odd") == "\(plain): odd")
        #expect(FailureText.sentence(for: failure, agent: .claude, said: plain) == plain)
    }

    @Test(arguments: failures) func `every failure has a word of its own kind`(failure: AgentFailure) {
        #expect(failure.word.utf8.allSatisfy { (97...122).contains($0) || $0 == 95 })
    }

    @Test func `what was said is cut, and the sentence stays`() {
        let said = String(repeating: "x", count: 9_000)
        #expect(FailureText.sentence(for: .timeOut, agent: .claude, said: said).utf8.count < 400)
    }

    @Test(arguments: [(-1, 0), (0, 0), (1, 60), (2, 120), (3, 240), (6, 1920), (7, 3600), (1_000_000, 3600)])
    func `waits double up to an hour`(failures: Int, seconds: Int) {
        #expect(RetryDelay.beforeAttempt(after: failures) == .seconds(seconds))
    }
}
