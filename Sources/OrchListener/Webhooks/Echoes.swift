import OrchAdapters
import OrchCore
import Platform

/// Tells what GitHub says because of what orch itself has just done from what somebody else did.
///
/// The account does not tell: it is often the owner's own. The row does: orch writes down which status label
/// it puts on an issue.
final class Echoes {
    /// Which projects there are, and a sign that changes when one is added.
    struct Registry {
        /// nil where some cannot be read: what is not among the others may be one of them.
        let projects: () -> [Project]?
        let stamp: () -> [Int64]
    }

    private let store: any Store
    private let registry: Registry
    private let now: () -> MonotonicTime
    private var projects: [String: [Project.ID]] = [:]
    private var isComplete = true
    private var loaded: (at: MonotonicTime, stamp: [Int64])?

    /// How long a repository counts as no project's: reading all configurations takes milliseconds, and a
    /// stranger's repository may tell of a lot.
    private static let patience = Duration.seconds(1)

    init(store: any Store, registry: Registry, now: @escaping () -> MonotonicTime = MonotonicTime.now) {
        (self.store, self.registry, self.now) = (store, registry, now)
    }

    /// Whether it tells of nothing that orch does not know: of a repository that is no project's, or of
    /// orch's own edit of a label. Where it cannot be told, it is none.
    func isEcho(_ reading: WebhookReading) -> Bool {
        let known = projects(at: reading.place)
        guard !known.isEmpty else { return isComplete }
        guard let edit = reading.labelEdit, let status = Labels.status(in: [edit.label]) else { return false }
        return known.allSatisfy { isOwn(edit, status, in: $0) }
    }

    private func isOwn(
        _ edit: WebhookReading.LabelEdit, _ status: TaskStatus, in project: Project.ID
    ) -> Bool {
        let key = TaskKey(project: project, backend: .github, id: edit.issue)
        // A store that is busy has more to do than to save a look.
        guard let task = try? store.task(key), let labelled = task.labelledStatus else { return false }
        return edit.isAdded == (labelled == status)
    }

    private func projects(at place: String) -> [Project.ID] {
        if let known = projects[place] { return known }
        let stamp = registry.stamp()
        if let loaded, loaded.stamp == stamp, now() - loaded.at < Self.patience { return [] }
        loaded = (now(), stamp)
        let found = registry.projects()
        isComplete = found != nil
        guard let found else { return [] }
        projects = [:]
        for project in found {
            guard let place = project.settings.github.repository?.place else { continue }
            projects[place, default: []].append(project.id)
        }
        return projects[place] ?? []
    }
}

extension Echoes.Registry {
    /// As the home has them.
    init(home: HomePaths, environment: [String: String]) {
        self.init(
            projects: {
                let loaded = loadProjects(environment)
                return loaded.errors.isEmpty ? loaded.projects : nil
            },
            stamp: {
                FileStatus.ifPresent(home.projects).map {
                    [$0.modifiedSeconds, $0.modifiedNanoseconds, $0.sizeBytes]
                } ?? []
            })
    }
}
