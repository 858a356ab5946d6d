import KitTesting
import OrchCore
import Testing

@Suite struct NamesTests {
    @Test(arguments: [
        "", "A", "Claude", "1a", "-a", "_a", "a b", "a.b", "a/b", "é", "a\n", "ａ",
        String(repeating: "a", count: 33),
    ])
    func `a name that could not stand in a label, a file and an address is none`(name: String) {
        #expect(AgentName(name) == nil)
    }

    @Test(arguments: ["a", "claude", "my-agent_2", String(repeating: "a", count: 32)])
    func `an agent's name stays as it is`(name: String) { #expect(AgentName(name)?.rawValue == name) }

    @Test(arguments: [
        "", "/", "o", "o/", "/r", "o/r/x", "./r", "o/..", "o r/x", "o/r?", "o/é",
        "o/" + String(repeating: "r", count: 101), "https://github.com/o/r",
    ])
    func `a repository that is no owner and name is none`(text: String) {
        #expect(RepositorySlug(text) == nil)
    }

    @Test(arguments: ["o/r", "Octo-Cat/my.repo_1", "o/.github"])
    func `a repository reads and prints alike`(text: String) {
        #expect(RepositorySlug(text)?.description == text)
    }

    @Test(arguments: [
        ("", false), ("bug", true), ("status:new", true), ("status:New", false), ("status:", false),
        ("status:nonsense", false), ("complexity:simple", true), ("complexity:hard", false),
        ("agent:claude", true), ("agent:", false), ("agent:Claude Code", false), ("role:writer", true),
        ("role:a b", false), ("model:gpt-5.1/x", true), (String(repeating: "é", count: 50), true),
        (String(repeating: "a", count: 51), false), ("no-agent", true),
    ])
    func `reserved labels take only values that mean something`(label: String, isValid: Bool) {
        #expect(Labels.isValid(label) == isValid)
    }

    @Test func `a label that is refused is refused with the reason`() {
        let long = Labels.complaint(about: String(repeating: "a", count: 300))
        #expect(long == "has 300 characters; GitHub takes 50")
        #expect(Labels.complaint(about: "status:finished")?.contains("in_review") == true)
    }

    @Test(arguments: TaskStatus.allCases) func `every status has a label that reads back`(status: TaskStatus)
    {
        #expect(Labels.isValid(status.label))
        #expect(Labels.status(in: ["bug", status.label]) == status)
        #expect(Labels.statuses(in: ["status:x", status.label, "bug"]) == [status])
        #expect(status.colour.count == 6 && status.colour.allSatisfy(\.isHexDigit))
    }

    @Test func `a label is replaced by its kind`() {
        let labels = ["bug", "status:new", "status:done", "agent:claude"]
        #expect(
            Labels.replacing("status:", with: "routed", in: labels) == [
                "bug", "agent:claude", "status:routed",
            ])
        #expect(Labels.replacing("status:", with: nil, in: labels) == ["bug", "agent:claude"])
    }

    @Test func `tasks are taken by project, external first, by number and not by text`() {
        let web = Project.ID(rawValue: "/srv/web")
        func own(_ id: String) -> TaskKey { TaskKey(project: app, backend: .internal, id: id) }
        let ordered = [
            issue(2), issue(10), issue(100), own("i2"), own("i10"), issue(1, in: web),
        ]
        #expect(ordered.reversed().sorted() == ordered)
    }

    @Test func `the order of tasks is an order`() {
        var generator = SeededGenerator(seed: 4)
        let ids = ["1", "01", "10", "i1", "i10", "x", "", "99999999999999999999", "7a"]
        let keys = (0..<60).map { _ in
            TaskKey(
                project: Bool.random(using: &generator) ? app : Project.ID(rawValue: "/a"),
                backend: Bool.random(using: &generator) ? .github : .internal,
                id: ids.randomElement(using: &generator) ?? "")
        }
        for left in keys {
            for right in keys {
                #expect([left < right, right < left, left == right].count { $0 } == 1)
                for third in keys where left < right && right < third { #expect(left < third) }
            }
        }
    }

    @Test func `a change sets its own field and no other`() {
        let before = task(1)
        let after = before.applying([.status(.done), .status(.routed), .agent(.codex, pinned: true)])
        var expected = before
        expected.status = .routed
        expected.agent = .codex
        expected.agentIsPinned = true
        #expect(after == expected)
    }

    @Test func `complexity is what was set, else the label, else medium`() {
        #expect(task(1).assumedComplexity == .medium)
        #expect(task(1) { $0.labels = ["complexity:complex"] }.assumedComplexity == .complex)
        #expect(
            task(1) {
                $0.labels = ["complexity:complex"]; $0.complexity = .simple
            }.assumedComplexity == .simple)
    }
}
