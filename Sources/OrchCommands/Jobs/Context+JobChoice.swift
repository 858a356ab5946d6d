import Arguments
import OrchAdapters
import OrchCore

extension Context {
    /// The jobs that a command looks at: those of `--project`, else all of the home.
    func jobs() throws -> [Job] { try timetable().jobs(of: try tickedProjects()) }

    /// The job that a command's ID names: of the project here, where several have one of that name.
    ///
    /// - Throws: `ConfigError` where its entry cannot be read.
    func job(_ id: String) throws -> Job {
        let jobs = try jobs()
        let named = jobs.filter { $0.id == id }
        if named.count <= 1, let job = named.first { return job }
        if let here = try? project(), let job = named.first(where: { $0.key.project == here.id }) {
            return job
        }
        if let job = named.first {
            throw UsageError(
                problem: "several projects have a job '\(job.id)'", fix: "say which, by `--project NAME`")
        }
        let mistakes = try timetable().mistakes.filter { $0.key == id || $0.key.hasPrefix("\(id).") }
        if !mistakes.isEmpty { throw ConfigError(mistakes) }
        let meant = Suggestion.closest(to: id, in: jobs.map(\.id))
        throw JobMissing(id: id, fix: meant.map { "did you mean `\($0)`?" } ?? "see `orch job list`")
    }
}

/// In v0's words.
struct JobMissing: Explained {
    let id: String
    let fix: String

    var problem: String { "Job '\(id)' not found." }
}
