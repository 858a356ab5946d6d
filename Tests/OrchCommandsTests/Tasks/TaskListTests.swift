import OrchCore
import Testing

@testable import OrchCommands

@Suite struct TaskListTests {
    @Test func `aligns the columns and leaves the title whole`() {
        var done = issue(123, "Second", .needsReview)
        done.agent = .opencode
        let lines = TaskListCommand.lines([(app, [issue(2, "First"), done])], now: noon, plain)
        #expect(
            lines == [
                "ID   STATUS        AGENT     UPDATED  TITLE",
                "2    new           -         2m ago   First",
                "123  needs_review  opencode  2h ago   Second",
            ])
    }

    @Test func `names the project where there are several`() {
        let lines = TaskListCommand.lines(
            [(app, [issue(1, "A")]), (web, [issue(1, "B", in: web)])], now: noon, plain)
        #expect(lines[0].contains("PROJECT"))
        #expect(lines[1].hasSuffix("app      A"))
        #expect(lines[2].hasSuffix("web      B"))
    }

    @Test func `cuts titles at the edge of a terminal, and nowhere else`() {
        let long = issue(1, String(repeating: "x", count: 200))
        let terminal = TerminalStyle(width: 60, isTerminal: true)
        #expect(TaskListCommand.lines([(app, [long])], now: noon, terminal)[1].count == 60)
        #expect(TaskListCommand.lines([(app, [long])], now: noon, plain)[1].hasSuffix("xxxx"))
    }

    @Test func `lets no title steer the terminal or break the table`() {
        let evil = issue(1, "a\u{1B}[2Jb\nc\u{202E}d\te")
        let line = TaskListCommand.lines([(app, [evil])], now: noon, plain)[1]
        #expect(line.hasSuffix("ab cd e"))
    }

    @Test func `shows colours only where they are welcome, and aligns without them`() {
        let styled = TerminalStyle(isStyled: true)
        let lines = TaskListCommand.lines([(app, [issue(1, "A", .done)])], now: noon, styled)
        #expect(lines[1].contains("\u{1B}[32mdone\u{1B}[0m    -"))
    }

    @Test(arguments: [
        (0, "0s ago"), (59, "59s ago"), (60, "1m ago"), (3599, "59m ago"), (3600, "1h ago"),
        (86_400, "1d ago"),
        (-5, "0s ago"),
    ]) func `tells ages by their largest unit`(_ seconds: Int, _ text: String) {
        #expect((noon - .seconds(seconds)).age(at: noon) == text)
    }
}
