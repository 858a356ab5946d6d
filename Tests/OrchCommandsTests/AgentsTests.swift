import OrchCore
import Testing

@testable import OrchCommands

@Suite struct AgentsTests {
    private func row(
        _ name: AgentName, version: String? = nil, isThere: Bool = true, isDisabled: Bool = false,
        breaker: Breaker? = nil
    ) -> AgentsCommand.Row {
        AgentsCommand.Row(
            name: name, path: isThere ? "/bin/\(name)" : nil, version: version, isDisabled: isDisabled,
            breaker: breaker)
    }

    @Test func `says who is there, and why somebody gets no work`() {
        let lines = AgentsCommand.lines(
            [
                row(.claude, version: "2.1.0"), row(.codex, isThere: false), row(.opencode, isDisabled: true),
                row(.demo, version: "0.1.0", breaker: Breaker(until: noon, reason: "usage\nlimit")),
            ], plain)
        #expect(lines[0].hasPrefix("  claude    ✓  2.1.0"))
        #expect(lines[1].hasPrefix("  codex     ✗  not installed"))
        #expect(lines[2].hasSuffix("disabled by `router.disabled_agents`"))
        #expect(lines[3].hasSuffix("left alone until 2026-01-02T12:00:00Z: usage limit"))
    }
}
