import OrchAdapters
import OrchCore
import Platform

/// A home of v0's, looked at with orch's eyes.
struct Migration {
    private let context: Context
    private let home: HomePaths
    private let loaded: LoadedProjects
    private let schedulers: [V0Schedulers.Scheduler]

    init(_ context: Context) {
        self.context = context
        home = context.home
        loaded = context.loadedProjects()
        schedulers = V0Schedulers(environment: context.environment).found()
    }

    func notes() -> [MigrationNote] {
        homeNotes() + configNotes() + projectNotes() + jobNotes() + taskNotes() + lockNotes() + limitNotes()
            + serviceNotes()
    }

    /// In the order in which they are safe.
    func steps() -> [String] {
        var steps = ["`orch doctor`, once what is marked `mend` is mended"]
        if loaded.projects.isEmpty {
            steps.append("`orch init` in each repository, or `orch project add DIR`")
        }
        steps.append("`orch tick --dry-run`: what orch would do now, without doing it")
        steps.append("`orch service install`: both timers; v0 may go on beside them, no task runs twice")
        steps += schedulers.map { "\($0.removal) ends what starts v0: \($0.place)" }
        if !serving().isEmpty { steps.append("`scripts/stop.sh` ends the v0 that serves now") }
        return steps
    }

    // MARK: - What is there

    private func homeNotes() -> [MigrationNote] {
        guard FileStatus.ifPresent(home.home)?.kind == .directory else {
            return [
                MigrationNote(
                    .mend, "home", "there is no folder \(home.home)",
                    advice: "name v0's home: `orch migrate --check DIR`")
            ]
        }
        let parts = [home.config, home.projects, home.jobs, home.clones, home.state, home.database]
        guard parts.contains(where: { FileStatus.ifPresent($0) != nil }) else {
            return [
                MigrationNote(
                    .mend, "home", "there is nothing of v0's in \(home.home)",
                    advice: "name v0's home: `orch migrate --check DIR`")
            ]
        }
        var notes = [MigrationNote(.used, "home", home.home)]
        if let user = context.environment["HOME"], home.home == "\(user)/.orch",
            FileStatus.ifPresent("\(user)/.orchestrator") != nil
        {
            notes.append(
                MigrationNote(
                    .differs, "home", "orch uses \(home.home), v0's things are in \(user)/.orchestrator",
                    advice: "set ORCH_HOME=\(user)/.orchestrator, or move what you want to keep"))
        }
        return notes
    }

    private func configNotes() -> [MigrationNote] {
        let files = [home.config] + loaded.projects.compactMap { HomePaths.projectConfig(of: $0.directory) }
        return files.filter { FileStatus.ifPresent($0) != nil }.map { MigrationNote(.used, "config", $0) }
            + loaded.problems.map { note("config", $0) }
    }

    private func projectNotes() -> [MigrationNote] {
        loaded.projects.map { project in
            let repository = project.settings.github.repository.map { ", issues of \($0)" } ?? ""
            return MigrationNote(.used, "project", "\(project.name): \(project.directory)\(repository)")
        }
    }

    private func jobNotes() -> [MigrationNote] {
        let files = [home.jobs] + loaded.projects.map { home.jobs(ofProject: $0.directory) }
        var notes: [MigrationNote] = []
        for (file, jobs) in files.map({ ($0, V0Jobs(reading: $0)) }) where jobs.count > 0 {
            notes.append(MigrationNote(.used, "jobs", "\(file): \(counted(jobs.count, "job"))"))
            notes += Self.differences(jobs, in: file)
        }
        return notes + context.jobProblems(of: loaded.projects).map { note("jobs", $0) }
    }

    private static func differences(_ jobs: V0Jobs, in file: String) -> [MigrationNote] {
        var notes: [MigrationNote] = []
        if !jobs.withoutEnabled.isEmpty {
            notes.append(
                MigrationNote(
                    .differs, "jobs",
                    "without `enabled` v0 never ran them, orch does: \(list(jobs.withoutEnabled))",
                    advice: "write `enabled: false` in \(file) where that is meant"))
        }
        if !jobs.withBothDays.isEmpty {
            notes.append(
                MigrationNote(
                    .differs, "jobs",
                    "with a day of the month and one of the week v0 waited for both, orch fires on either, "
                        + "as POSIX says: \(list(jobs.withBothDays))",
                    advice: "keep one of the two fields, and look at `orch job next`"))
        }
        return notes
    }

    private func taskNotes() -> [MigrationNote] {
        states().flatMap { state -> [MigrationNote] in
            let sidecars = state.sidecars()
            var notes: [MigrationNote] = []
            if sidecars.readable > 0 {
                let count = counted(sidecars.readable, "sidecar")
                notes.append(MigrationNote(.used, "tasks", "\(state.folder)/tasks: \(count)"))
            }
            if !sidecars.torn.isEmpty {
                notes.append(
                    MigrationNote(
                        .differs, "tasks",
                        "cannot be read, and are kept aside when their task's turn comes: \(Self.list(sidecars.torn))",
                        advice: "mend them now, or their tasks begin anew from their labels"))
            }
            return notes
        }
    }

    private func lockNotes() -> [MigrationNote] {
        let (held, stale) = V0Locks(home.locks).tasks()
        var notes: [MigrationNote] = []
        if !held.isEmpty {
            let text = "v0 works on \(Self.list(held)) now; orch leaves them alone until it has ended"
            notes.append(MigrationNote(.used, "locks", text))
        }
        if !stale.isEmpty {
            let text = "left behind, and taken over when their task's turn comes: \(Self.list(stale))"
            notes.append(MigrationNote(.used, "locks", text))
        }
        return notes
    }

    private func limitNotes() -> [MigrationNote] {
        states().compactMap { state in
            state.backoff(now: Live.now()).map { until in
                MigrationNote(
                    .used, "limit", "v0 met a rate limit; orch waits with it, until \(until.iso8601)")
            }
        }
    }

    private func serviceNotes() -> [MigrationNote] {
        serving().map {
            MigrationNote(
                .used, "service", "v0 is serving now (process \($0)); beside orch no task runs twice")
        }
            + schedulers.map {
                MigrationNote(
                    .differs, "service", "starts v0 by itself: \($0.place)",
                    advice: "\($0.removal), once orch's timers are in")
            }
    }

    // MARK: -

    /// The home's state, and that of each project that has its own.
    private func states() -> [V0State] {
        var folders: [String] = []
        for folder in [home.state] + loaded.projects.map({ home.state(ofProject: $0.directory) })
        where !folders.contains(folder) { folders.append(folder) }
        return folders.map(V0State.init)
    }

    private func serving() -> [Int32] { states().compactMap { $0.servingProcess() } }

    private func note(_ about: String, _ problem: ConfigProblem) -> MigrationNote {
        let key = problem.key.isEmpty ? "" : " \(problem.key):"
        let text = "\(problem.place):\(key) \(problem.problem)"
        return MigrationNote(
            problem.severity == .error ? .mend : .differs, about, text, advice: problem.fix)
    }

    private static let listLimit = 10

    private static func list(_ items: [String]) -> String {
        let rest = items.count - listLimit
        return items.prefix(listLimit).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }
}
