package import OrchCore
package import YAML

/// The jobs of the home's file and of every project's own, read when first asked for.
package final class FileTimetable: Timetable {
    private let paths: HomePaths
    private let environment: [String: String]
    private let projects: [Project]
    private let home: Project
    private var read: Reading?

    private struct Reading {
        var order: [TaskKey] = []
        var entries: [TaskKey: JobEntry] = [:]
        var problems: [ConfigProblem] = []
    }

    /// - Parameter projects: all of the home, so that each job finds its own.
    package init(paths: HomePaths, environment: [String: String], projects: [Project]) {
        self.paths = paths
        self.environment = environment
        self.projects = projects
        home = .home(paths, environment: environment)
    }

    /// What is wrong with the files; none of it keeps the other jobs from their work.
    package var problems: [ConfigProblem] { reading.problems }

    package func jobs(of projects: [Project]) -> [Job] {
        let ids = Set(projects.map(\.id))
        return reading.order.filter { ids.contains($0.project) }.compactMap { reading.entries[$0]?.job }
    }

    package func moments(
        of job: TaskKey, after start: Timestamp, through end: Timestamp, limit: Int
    ) -> [Timestamp] {
        reading.entries[job]?.moments(after: start, through: end, limit: limit) ?? []
    }

    package func next(of job: TaskKey, after moment: Timestamp) -> Timestamp? {
        reading.entries[job]?.next(after: moment)
    }

    package func change(_ job: TaskKey, _ changes: [JobChange]) throws(TimetableError) {
        guard let entry = reading.entries[job] else { return }
        try writing { () throws(ConfigError) in try entry.file.change(job.id, changes) }
        // Read anew, a file of a hundred jobs that are all due would be read a hundred times.
        for change in changes { read?.entries[job]?.job.apply(change) }
    }

    // MARK: - By hand

    /// The file that a new job of this project goes to: the one that the environment names, else its own.
    package func file(for project: Project?) -> JobsFile {
        let isNamed = ["JOBS_FILE", "JOBS_PATH"].contains { environment[$0]?.isEmpty == false }
        guard let project, !isNamed else { return homeFile }
        return JobsFile(paths.jobs(ofProject: project.directory), owner: project)
    }

    package func add(_ entry: Node, to file: JobsFile) throws(TimetableError) {
        try writing { () throws(ConfigError) in try file.append(entry) }
        read = nil
    }

    package func remove(_ job: TaskKey) throws(TimetableError) -> Bool {
        guard let entry = reading.entries[job] else { return false }
        let wasThere = try writing { () throws(ConfigError) in try entry.file.remove(job.id) }
        read = nil
        return wasThere
    }

    /// The file that the job stands in.
    package func path(of job: TaskKey) -> String? { reading.entries[job]?.file.path }

    private func writing<Value>(_ write: () throws(ConfigError) -> Value) throws(TimetableError) -> Value {
        do throws(ConfigError) {
            return try write()
        } catch {
            throw TimetableError(problem: error.problem, fix: error.fix)
        }
    }

    // MARK: - Reading

    private var homeFile: JobsFile { JobsFile(paths.jobs, owner: nil) }

    /// A project's own come first: of two jobs with one name in one project, they count. The home's file may
    /// be a project's, by the variable that names it.
    private var files: [JobsFile] {
        let own = projects.map { JobsFile(paths.jobs(ofProject: $0.directory), owner: $0) }
        return own.contains { $0.path == paths.jobs } ? own : own + [homeFile]
    }

    private var reading: Reading {
        if let read { return read }
        var reading = Reading()
        var places = JobPlaces(projects: projects, home: home, environment: environment)
        let zones = JobZones(environment: environment)
        for file in files {
            do throws(ConfigError) {
                guard let root = try file.root() else { continue }
                var reader = JobReader(file, places: places, zones: zones, elsewhere: Set(reading.order))
                reader.read(root)
                places = reader.places
                reading.problems += reader.problems
                for entry in reader.entries {
                    reading.order.append(entry.job.key)
                    reading.entries[entry.job.key] = entry
                }
            } catch {
                reading.problems += error.problems
            }
        }
        read = reading
        return reading
    }
}
