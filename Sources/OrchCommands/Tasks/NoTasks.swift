import Arguments
import OrchCore

/// What is said where a list of tasks is empty: that there are none, or only none of those that were asked
/// for.
struct NoTasks {
    private let projects: [Project]
    private let counts: [TaskStatus: Int]
    private let isFiltered: Bool

    init(of projects: [Project], _ context: Context) throws {
        let store = try context.store()
        self.projects = projects
        counts = try projects.reduce(into: [:]) { sum, project in
            sum.merge(try store.counts(of: project.id)) { $0 + $1 }
        }
        isFiltered = context.arguments.path.last == "list" && context.arguments.value("status") != nil
    }

    var words: String {
        if projects.isEmpty {
            return "There is no project yet: `orch init` in a git repository makes it one."
        }
        if counts.isEmpty { return "No tasks. Add one with `orch task add TITLE`." }
        if isFiltered { return "No tasks of that status; `orch task status` counts the others." }
        return "Nothing is open; `--all` shows what is finished."
    }
}
