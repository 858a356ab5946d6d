package import OrchCore

/// A tracker with what is on its other side: what people do there, which no tracker does for orch.
package protocol TrackerStage {
    var tracker: any Tracker { get }
    /// The project of the keys that `TaskDraft.parent` takes.
    var project: Project.ID { get }
    /// Whether strangers can be there, and changes come from elsewhere; not so in the store of one person.
    var isShared: Bool { get }

    /// A task that a person made, without orch; its id.
    func file(_ draft: TaskDraft, author: String) throws -> String
    func say(_ text: String, by author: String, on id: String) throws
    func close(_ id: String) throws
    /// Adds a label beside those that are there.
    func label(_ id: String, _ label: String) throws
    /// Gives a login write access, or makes it known without.
    func admit(_ login: String, mayWrite: Bool) throws
}

/// `MemoryTracker` and its people.
package struct MemoryStage: TrackerStage {
    package let memory: MemoryTracker
    package let project = Project.ID(rawValue: "/projects/demo")
    package let isShared = true

    package init(_ memory: MemoryTracker = MemoryTracker()) { self.memory = memory }

    package var tracker: any Tracker { memory }

    package func file(_ draft: TaskDraft, author: String) -> String { memory.file(draft, author: author) }
    package func say(_ text: String, by author: String, on id: String) {
        _ = memory.say(text, by: author, on: id)
    }
    package func close(_ id: String) { memory.edit(id) { $0.isClosed = true } }
    package func label(_ id: String, _ label: String) { memory.edit(id) { $0.labels.append(label) } }
    package func admit(_ login: String, mayWrite: Bool) { if mayWrite { memory.writers.insert(login) } }
}
