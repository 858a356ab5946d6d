import OrchCore
import Testing

@Suite struct RetryLoopTests {
    @Test(
        arguments: [
            ([], false), (["[1] blocked: a", "[2] blocked: a"], false),
            (["[1] blocked: a", "[2] blocked: a", "[3] blocked: a"], true),
            (["[1] blocked: a", "talk", "[2] Blocked: a", "[3] blocked: a"], false),
            (["[1] blocked: a", "talk", "[2] blocked: a", "[3] blocked: a"], true),
            (["[1] blocked: a", "[2] blocked: b", "[3] blocked: a"], false),
            (["[0] blocked: b", "[1] blocked: a", "[2] blocked: a", "[3] blocked: a"], true),
            (["blocked: a", "blocked: a", "[ blocked: a"], false),
        ])
    func `three blocks running for one reason are a loop`(comments: [String], isLoop: Bool) {
        #expect(RetryLoop.isFound(in: comments) == isLoop)
    }
}
