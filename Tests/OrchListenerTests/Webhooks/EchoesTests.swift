import JSON
import OrchAdapters
import OrchCore
import Platform
import Testing

@testable import OrchListener

/// orch's own edit of a label is told from a person's by the row, never by the account.
struct EchoesTests {
    private let store: any Store
    private let key = TaskKey(project: Project.ID(rawValue: "/work"), backend: .github, id: "1")

    init() throws {
        store = try SQLiteStore(path: SQLiteStore.inMemory)
        var task = AgentTask(key: key, title: "x", status: .inProgress)
        task.labelledStatus = .inProgress
        try store.save([(task, nil)], cursor: nil)
    }

    @Test(arguments: [
        ("status:in_progress", true, true),  // what orch has put there
        ("status:new", false, true),  // what it has taken away for that
        ("status:in_progress", false, false),  // a person takes it away
        ("status:blocked", true, false),  // a person sets another
        ("agent:claude", true, false), ("bug", true, false), ("status:nonsense", true, false),
    ])
    func `an edit of a label is an echo where the row says so`(_ label: String, _ added: Bool, _ echo: Bool)
        throws
    {
        #expect(try echoes().isEcho(reading(label, added)) == echo)
    }

    @Test func `an issue that orch does not know has no echoes`() throws {
        #expect(try !echoes().isEcho(reading("status:in_progress", true, issue: "2")))
    }

    @Test func `what is no project's concerns nobody`() throws {
        #expect(try echoes(repository: "other/place").isEcho(reading("bug", true)))
    }

    @Test func `a project that has just been added is not overlooked`() throws {
        var (projects, stamp): ([Project], [Int64]) = ([], [1])
        let echoes = Echoes(
            store: store, registry: .init(projects: { projects }, stamp: { stamp }),
            now: { MonotonicTime(nanoseconds: 0) })
        let opened = try reading("bug", true)
        #expect(echoes.isEcho(opened))
        projects = [Self.project("Codertocat/Hello-World")]
        stamp = [2]
        #expect(!echoes.isEcho(opened))
    }

    @Test func `while a configuration is broken nothing is taken for a stranger's`() throws {
        var projects: [Project]? = nil
        var now = MonotonicTime(nanoseconds: 0)
        let echoes = Echoes(
            store: store, registry: .init(projects: { projects }, stamp: { [] }), now: { now })
        let opened = try reading("bug", true)
        #expect(!echoes.isEcho(opened))
        #expect(!echoes.isEcho(opened))
        projects = []
        now = now + .seconds(2)
        #expect(echoes.isEcho(opened))
    }

    @Test func `a stranger's repository does not have all configurations read each time`() throws {
        var (reads, now) = (0, MonotonicTime(nanoseconds: 0))
        let registry = Echoes.Registry(
            projects: {
                reads += 1
                return []
            }, stamp: { [] })
        let echoes = Echoes(store: store, registry: registry, now: { now })
        for _ in 0..<100 { #expect(try echoes.isEcho(reading("bug", true))) }
        #expect(reads == 1)
        now = now + .seconds(2)
        #expect(try echoes.isEcho(reading("bug", true)))
        #expect(reads == 2)
    }

    private func echoes(repository: String = "Codertocat/Hello-World") -> Echoes {
        Echoes(
            store: store,
            registry: .init(projects: { [Self.project(repository)] }, stamp: { [] }))
    }

    private static func project(_ repository: String) -> Project {
        var settings = Settings()
        settings.github.repository = RepositorySlug(repository)
        return Project(id: Project.ID(rawValue: "/work"), name: "work", settings: settings)
    }

    private func reading(_ label: String, _ added: Bool, issue: String = "1") throws -> WebhookReading {
        let body = try WebhookFixture.changed("issues/labeled.with-organization.payload.json") {
            $0["action"] = .string(added ? "labeled" : "unlabeled")
            $0["label"] = ["name": .string(label)]
            $0["issue"] = ["number": .int(Int64(issue) ?? 0)]
        }
        return try WebhookReading(id: "d", event: .issues, body: body)
    }
}
