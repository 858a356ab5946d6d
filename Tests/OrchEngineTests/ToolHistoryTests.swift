import Testing

@testable import OrchEngine

@Suite struct ToolHistoryTests {
    @Test func `calls and what failed of them are told, and nothing else`() {
        let log = """
            {"at":"2026-02-03T04:05:06Z","leg":1,"end":1,"part":0,"kind":"text","text":"Reading"}
            {"at":"2026-02-03T04:05:06Z","leg":1,"end":2,"part":0,"kind":"tool","tool":"Bash","text":"cargo test\\nmore"}
            {"at":"2026-02-03T04:05:07Z","leg":1,"end":3,"part":0,"kind":"tool_failed","tool":"Bash","text":"2 failed"}
            {"at":"2026-02-03T04:05:07Z","leg":1,"end":4,"part":0,"ki
            """
        #expect(ToolHistory.text(of: log) == "- Bash cargo test\n  Bash failed: 2 failed")
    }

    @Test func `of many calls the last ones are told`() {
        let lines = (1...100).map { #"{"kind":"tool","tool":"Edit","text":"file-\#($0)"}"# }
        let told = ToolHistory.text(of: lines.joined(separator: "\n")).split(separator: "\n")
        #expect(told.count == ToolHistory.callLimit)
        #expect(told.last == "- Edit file-100")
    }
}
