import OrchAdapters
import OrchCore
import OrchTesting
import Testing

struct InternalTrackerTests {
    private let stage: StoreStage

    init() throws { stage = StoreStage(try SQLiteStore(path: ":memory:")) }

    @Test(arguments: TrackerContract.clauses)
    func `keeps the contract of a tracker`(contract: TrackerContract) throws { try contract.check(stage) }

    @Test func `the engine's status is not touched by the label that shows it`() throws {
        let id = try stage.tracker.create(TaskDraft(title: "x")).id
        try stage.tracker.changeLabels(adding: ["status:routed"], removing: ["status:new"], of: id)
        let task = try #require(
            try stage.store.task(TaskKey(project: stage.project, backend: .internal, id: id)))
        #expect(task.status == .new)
        #expect(task.labelledStatus == .routed)
        #expect(!task.labels.contains { $0.hasPrefix(TaskStatus.labelPrefix) })
    }
}
