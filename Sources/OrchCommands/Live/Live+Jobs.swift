import Arguments
import OrchAdapters
import OrchCore
import OrchEngine

extension Live {
    /// - Parameter projects: all of the home.
    mutating func readJobs(of projects: [Project]) {
        timetable = FileTimetable(paths: home, environment: environment, projects: projects)
    }
}

extension Context {
    /// The jobs of the whole home.
    func timetable() throws -> FileTimetable {
        FileTimetable(paths: home, environment: environment, projects: try projects())
    }

    /// What is wrong with the jobs, those that are switched off when they are due among it.
    func jobProblems(of projects: [Project]) -> [ConfigProblem] {
        FileTimetable(paths: home, environment: environment, projects: projects).problems
    }

    /// The projects that a tick looks at: the one of `--project`, else all, and the home, where commands run
    /// that are no project's.
    func tickedProjects() throws -> [Project] {
        if arguments.value("project") != nil { return [try project()] }
        return try projects() + [.home(home, environment: environment)]
    }

    func tickPorts(_ timetable: FileTimetable, isDryRun: Bool) throws -> Ports {
        var live = live(on: try store(isDryRun: isDryRun), isDryRun: isDryRun)
        live.timetable = timetable
        return try live.ports()
    }
}

extension FileTimetable {
    /// What cannot be read, and so is missing from every list.
    var mistakes: [ConfigProblem] { problems.filter { $0.severity == .error } }

    /// Says so beside a list, for whoever looks for one of them.
    func nameMistakes() {
        for mistake in mistakes { Console.err(mistake.description) }
    }
}

extension TickReport {
    /// A job that cannot be read is work that is not done: every tick says so.
    mutating func add(mistakesIn timetable: FileTimetable) {
        for problem in timetable.mistakes {
            guard case .file(let path, _) = problem.place else { continue }
            add(failedToObserve: Project.ID(rawValue: path), error: ConfigError([problem]))
        }
    }
}
