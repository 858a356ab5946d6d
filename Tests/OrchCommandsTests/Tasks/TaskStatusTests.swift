import JSON
import OrchCore
import Testing

@testable import OrchCommands

@Suite struct TaskStatusTests {
    private let counts: [TaskStatus: Int] = [.new: 2, .inReview: 1, .done: 3]

    @Test func `counts what is open and all, in v0's order`() {
        let lines = TaskStatusCommand.lines(
            counts: counts, recent: [issue(1, "A")], projects: [app], now: noon, plain)
        #expect(
            lines == [
                "STATUS        QTY", "new           2", "routed        0", "in_progress   0",
                "in_review     1",
                "blocked       0", "needs_review  0", "done          3", "────────      ───",
                "open          3",
                "total         6", "", "Recent tasks:", "ID  STATUS  AGENT  UPDATED  TITLE",
                "1   new     -      1m ago   A",
            ])
    }

    @Test func `speaks JSON in v0's shape`() throws {
        var task = issue(42, "A", .routed)
        task.agent = .claude
        let json = TaskStatusCommand.json(counts: counts, recent: [task])
        #expect(
            json.text()
                == #"{"total":6,"open":3,"counts":{"new":2,"routed":0,"in_progress":0,"in_review":1,"blocked":0,"#
                + #""needs_review":0,"done":3},"recent":[{"id":"42","title":"A","status":"routed","agent":"claude","#
                + #""gh_issue_number":"42","updated_at":"2026-01-02T11:18:00Z"}]}"#)
    }
}
