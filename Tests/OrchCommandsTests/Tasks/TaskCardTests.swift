import JSON
import OrchCore
import Testing

@testable import OrchCommands

@Suite struct TaskCardTests {
    @Test func `shows facts that there are, and no others`() {
        var card = TaskCard(task: issue(7, "Fix"), project: "app", now: noon)
        card.body = "Line 1\nLine 2\u{1B}[31m"
        #expect(
            card.lines(plain) == [
                "7: Fix", "status:        new", "project:       app", "attempts:      0",
                "updated:       2026-01-02T11:53:00Z (7m ago)", "", "Line 1\nLine 2", "", "Runs:",
                "none yet; `orch task why 7` says why",
            ])
    }

    @Test func `shows what a run came to, and where its files are`() {
        let task = issue(7, "Fix")
        var run = run(
            17, of: task, ended: RunOutcome(failure: .timeOut, status: .needsReview, message: "timed\nout"))
        run.model = "opus"
        run.usage = Usage(inputTokens: 12_000, outputTokens: 345, costMicroDollars: 423_000)
        var card = TaskCard(task: task, project: "app", now: noon)
        card.runs = [run]
        #expect(
            card.lines(plain).suffix(3) == [
                "run 17, attempt 2 by claude (opus): time_out after 3m 20s, 12,345 tokens, $0.42",
                "    /attempts/17",
                "    timed out",
            ])
        #expect(card.json["runs"][0]["failure"] == "time_out")
        #expect(card.json["runs"][0]["cost_micro_dollars"] == 423_000)
    }

    @Test func `says how long a live run has been at it`() {
        let line = RunLine(run: run(17, of: issue(7, "Fix")), now: noon)
        #expect(line.head(plain) == "run 17, attempt 2 by claude: running for 3m 20s")
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000")])
    func `groups digits`(_ number: Int, _ text: String) {
        #expect(RunLine.grouped(number) == text)
    }

    @Test(arguments: [
        (0, "$0.00"), (4_999, "$0.00"), (5_000, "$0.01"), (1_999_999, "$2.00"), (12_340_000, "$12.34"),
    ])
    func `rounds money to cents`(_ micro: Int, _ text: String) {
        #expect(Usage.dollars(micro) == text)
    }

    @Test func `an unknown cost is not free`() {
        let run = run(17, of: issue(7, "Fix"), ended: RunOutcome(status: .done))
        #expect(!RunLine(run: run, now: noon).head(plain).contains("$"))
        #expect(TaskImage.json(of: run)["cost_micro_dollars"] == .null)
    }
}
