import OrchAdapters
package import OrchCore

/// Internal tasks in a store; the one person there is its owner.
package struct StoreStage: TrackerStage {
    package let store: any Store
    package let project = Project.ID(rawValue: "/projects/demo")
    package let isShared = false

    package init(_ store: any Store) { self.store = store }

    package var tracker: any Tracker {
        InternalTracker(store: store, project: project, user: "octo") { Timestamp(seconds: 1_800_000_000) }
    }

    package func file(_ draft: TaskDraft, author: String) throws -> String {
        try store.createInternalTask(draft, in: project, now: Timestamp(seconds: 1_800_000_000)).id
    }

    /// Nobody else can be there.
    package func say(_ text: String, by author: String, on id: String) throws {
        throw TrackerError.unsupported("comments by others on an internal task")
    }
    package func close(_ id: String) throws { try tracker.close(id) }
    package func label(_ id: String, _ label: String) throws {
        let key = TaskKey(project: project, backend: .internal, id: id)
        let labels = try store.task(key)?.labels ?? []
        try store.change(key, [.labels(labels + [label])])
    }
    package func admit(_ login: String, mayWrite: Bool) throws {
        throw TrackerError.unsupported("other people in one person's store")
    }
}
