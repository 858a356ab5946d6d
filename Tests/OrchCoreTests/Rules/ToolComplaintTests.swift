import OrchCore
import Testing

@Suite struct ToolComplaintTests {
    private func heeded(_ status: AgentAnswer.Status, _ reason: String, blockers: [String] = [])
        -> AgentAnswer
    {
        var answer = AgentAnswer(status: status)
        answer.reason = reason
        answer.blockers = blockers
        return ToolComplaint.heeded(in: answer, by: .codex)
    }

    @Test func `an answer whose reason is a missing tool needs a person, whatever its status`() {
        let answer = heeded(.done, "zsh: command not found: bun")
        #expect(answer.status == .needsReview)
        #expect(answer.reason == "env/tooling failure: missing bun — zsh: command not found: bun")
        #expect(heeded(.inProgress, "", blockers: ["bash: cargo: command not found"]).status == .needsReview)
        #expect(heeded(.blocked, "env: node: No such file or directory").status == .blocked)
    }

    @Test func `talk about tools is no complaint`() {
        let answer = heeded(.done, "I installed bun, because zsh said: command not found: bun")
        #expect(answer.status == .done)
    }
}
