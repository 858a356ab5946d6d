import OrchCore
import Testing

/// What every `Tracker` keeps, clause by clause; each runs on a stage of its own.
package struct TrackerContract: Sendable, CustomTestStringConvertible {
    package let testDescription: String
    private let clause: @Sendable (any TrackerStage) throws -> Void

    init(_ testDescription: String, _ clause: @escaping @Sendable (any TrackerStage) throws -> Void) {
        self.testDescription = testDescription
        self.clause = clause
    }

    package func check(_ stage: any TrackerStage) throws { try clause(stage) }

    package static let clauses = tasks + labels + threads + families + changes + people

    /// Everything that was ever mangled on the way: line breaks, quotes, what shells, JSON and YAML mean
    /// something by.
    static let awkwardText =
        "First line\r\nsecond “quoted” \"line\" 'and' `code` $(rm -rf ~) \\n \\ "
        + "\u{1F680}👩‍👩‍👧\n\n\t<b>&amp;</b> -- {owner} \u{7F}"

    static let tasks: [TrackerContract] = [
        TrackerContract("a created task reads back as it was written") { stage in
            var draft = TaskDraft(title: "A “title” with 🚀", body: awkwardText, labels: ["bug"])
            draft.labels.append(TaskStatus.new.label)
            let made = try stage.tracker.create(draft)
            let read = try shown(made.id, stage)
            #expect(read.title == draft.title)
            #expect(read.body == awkwardText)
            #expect(Set(read.labels) == Set(draft.labels))
            #expect(!read.isClosed)
        },
        TrackerContract("a draft with a known key is found, not made again") { stage in
            var draft = TaskDraft(title: "Once", body: "text")
            draft.key = "run-1-child-1"
            let first = try stage.tracker.create(draft)
            #expect(try stage.tracker.create(draft).id == first.id)
            draft.key = "run-1-child-2"
            #expect(try stage.tracker.create(draft).id != first.id)
            #expect(try stage.tracker.list(status: nil).count == 2)
        },
        TrackerContract("drafts without a key are always made") { stage in
            let draft = TaskDraft(title: "Again")
            let ids = try (1...2).map { _ in try stage.tracker.create(draft).id }
            #expect(Set(ids).count == 2)
        },
        TrackerContract("a draft without a title or with an invalid label is refused, and nothing is made") {
            stage throws in
            for draft in [TaskDraft(title: ""), TaskDraft(title: "x", labels: ["status:nonsense"])] {
                expect(.rejected) { try stage.tracker.create(draft) }
            }
            #expect(try stage.tracker.list(status: nil).isEmpty)
        },
        TrackerContract("a task that does not exist is nil to read and not found to write") { stage throws in
            for id in ["4711", "i4711", "", "../1", "1/labels"] {
                #expect(try stage.tracker.get(id) == nil)
                expect(.notFound) { try stage.tracker.changeLabels(adding: ["bug"], removing: [], of: id) }
                expect(.notFound) { try stage.tracker.changeLabels(adding: [], removing: ["bug"], of: id) }
                expect(.notFound) { try stage.tracker.comment("x", on: id, key: "k", mayExist: false) }
                expect(.notFound) { try stage.tracker.close(id) }
            }
        },
        TrackerContract("a closed task can be read and is not listed") { stage in
            let id = try stage.tracker.create(TaskDraft(title: "Close me")).id
            try stage.tracker.close(id)
            #expect(try stage.tracker.get(id)?.isClosed == true)
            #expect(try stage.tracker.list(status: nil).isEmpty)
        },
    ]

    static let labels: [TrackerContract] = [
        TrackerContract("a status takes the place of the one before, and other labels stay") { stage in
            let task = try stage.tracker.create(
                TaskDraft(title: "x", labels: ["status:new", "bug", "agent:codex"]))
            try stage.tracker.changeLabels(
                adding: ["status:in_progress"], removing: ["status:new"], of: task.id)
            let labels = try shown(task.id, stage).labels
            #expect(Set(labels) == ["status:in_progress", "bug", "agent:codex"])
            #expect(labels.count == 3)
            #expect(try stage.tracker.list(status: .inProgress).map(\.id) == [task.id])
            #expect(try stage.tracker.list(status: .new).isEmpty)
        },
        TrackerContract("a label that somebody adds between the last look and a change stays") { stage in
            let task = try stage.tracker.create(
                TaskDraft(title: "x", labels: ["status:new", "bug", "agent:codex"]))
            try stage.label(task.id, "no-agent")
            try stage.tracker.changeLabels(
                adding: ["status:in_progress", "agent:claude"], removing: ["status:new", "agent:codex"],
                of: task.id)
            let labels = try shown(task.id, stage).labels
            #expect(Set(labels) == ["status:in_progress", "agent:claude", "bug", "no-agent"])
            #expect(labels.count == 4)
        },
        TrackerContract("adding what is there and removing what is not changes nothing") { stage in
            let task = try stage.tracker.create(TaskDraft(title: "x", labels: ["status:new", "bug"]))
            for removed in ["status:done", "a/b c", "status:done"] {
                try stage.tracker.changeLabels(
                    adding: ["status:new", "bug"], removing: [removed], of: task.id)
            }
            try stage.tracker.changeLabels(adding: [], removing: [], of: task.id)
            #expect(try shown(task.id, stage).labels.sorted() == ["bug", "status:new"])
        },
        TrackerContract("setting labels replaces them all") { stage in
            let task = try stage.tracker.create(TaskDraft(title: "x", labels: ["status:new", "bug"]))
            try stage.tracker.setLabels(["status:blocked", "ärger: groß"], of: task.id)
            #expect(try Set(shown(task.id, stage).labels) == ["status:blocked", "ärger: groß"])
        },
        TrackerContract("an invalid label is refused, and nothing is changed") { stage in
            let task = try stage.tracker.create(TaskDraft(title: "x", labels: ["status:new"]))
            expect(.rejected) { try stage.tracker.setLabels(["ok", "complexity:huge"], of: task.id) }
            expect(.rejected) {
                try stage.tracker.changeLabels(
                    adding: ["ok", "status:nonsense"], removing: ["status:new"], of: task.id)
            }
            #expect(try shown(task.id, stage).labels == ["status:new"])
        },
        TrackerContract("removing a label leaves the others, and removing it twice is no error") { stage in
            let task = try stage.tracker.create(
                TaskDraft(title: "x", labels: ["status:new", "a/b c", "bug"]))
            for _ in 1...2 { try stage.tracker.removeLabel("a/b c", from: task.id) }
            #expect(try Set(shown(task.id, stage).labels) == ["status:new", "bug"])
        },
    ]
}

extension TrackerContract {
    /// The task as the tracker shows it now.
    static func shown(_ id: String, _ stage: any TrackerStage) throws -> TrackedTask {
        let task = try stage.tracker.get(id)
        return try #require(task)
    }

    /// What a refusal is, its words aside.
    enum Refusal: Equatable { case rejected, notFound }

    static func expect(
        _ expected: Refusal, at place: SourceLocation = #_sourceLocation, _ act: () throws -> some Any
    ) {
        do {
            _ = try act()
            Issue.record("nothing was refused", sourceLocation: place)
        } catch TrackerError.rejected where expected == .rejected {
        } catch TrackerError.notFound where expected == .notFound {
        } catch {
            Issue.record("\(error) instead of \(expected)", sourceLocation: place)
        }
    }
}
