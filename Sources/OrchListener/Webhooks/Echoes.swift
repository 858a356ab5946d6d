import OrchAdapters
import OrchCore
import Platform

/// Tells what GitHub says because of what orch itself has just done from what somebody else did.
///
/// The account does not tell: it is often the owner's own. The row does: orch writes down which status label
/// it puts on an issue.
final class Echoes {
    private let store: any Store
    private let load: () -> [Project]
    private let now: () -> MonotonicTime
    private var projects: [String: [Project.ID]] = [:]
    private var loadedAt: MonotonicTime?

    /// A repository that is no project's may have become one; reading all configurations takes milliseconds.
    private static let patience = Duration.seconds(1)

    init(
        store: any Store, now: @escaping () -> MonotonicTime = MonotonicTime.now,
        projects load: @escaping () -> [Project]
    ) {
        (self.store, self.now, self.load) = (store, now, load)
    }

    /// Whether it tells of nothing that orch does not know: of a repository that is no project's, or of
    /// orch's own edit of a label. Where it cannot be told, it is none.
    func isEcho(_ reading: WebhookReading) -> Bool {
        guard let known = projects(at: reading.place) else { return false }
        guard !known.isEmpty else { return true }
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

    /// The projects of a repository; empty: it has none; nil: that was not looked at just now.
    private func projects(at place: String) -> [Project.ID]? {
        if let known = projects[place] { return known }
        if let loadedAt, now() - loadedAt < Self.patience { return nil }
        loadedAt = now()
        projects = [:]
        for project in load() {
            guard let place = project.settings.github.repository?.place else { continue }
            projects[place, default: []].append(project.id)
        }
        return projects[place] ?? []
    }
}
