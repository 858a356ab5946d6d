import Testing
import YAML

@testable import OrchAdapters

struct V0JobsTests {
    private func jobs(_ text: String) throws -> V0Jobs { V0Jobs(try Node.parse(text)) }

    @Test func `a file that is missing or empty has no jobs`() throws {
        #expect(V0Jobs(reading: "/nonexistent/jobs.yml") == V0Jobs(nil))
        #expect(try jobs("jobs: []").count == 0)
    }

    @Test func `jobs are counted, with or without the list's name`() throws {
        #expect(try jobs("jobs:\n  - {id: a, enabled: true}\n  - {id: b, enabled: false}").count == 2)
        #expect(try jobs("- {id: a, enabled: true}").count == 1)
    }

    @Test func `what v0 never ran is named`() throws {
        let found = try jobs("- {id: a}\n- {id: b, enabled: null}\n- {id: c, enabled: false}\n- {title: D}")
        #expect(found.withoutEnabled == ["a", "b", "jobs[3]"])
    }

    @Test(arguments: [
        ("0 9 1 * 1", true), ("0 9 */2 * mon", true), ("0 9 * * 1", false), ("0 9 1 * *", false),
        ("@daily", false), ("nonsense", false),
    ])
    func `two day fields are told`(schedule: String, differs: Bool) throws {
        let found = try jobs("- {id: a, enabled: true, schedule: \"\(schedule)\"}")
        #expect(found.withBothDays == (differs ? ["a"] : []))
    }
}
