import Arguments
import JSON
import OrchAdapters
import OrchCore

/// `orch config check`: everything that is wrong, at once.
enum ConfigCheckCommand: Subcommand {
    static let table = CommandTable("check", "Say everything that is wrong with the configuration")
        .discussion(
            "The global file, projects.yml, the file of every project, and all jobs.yml, with lines and columns."
        )
        .exitStatus(0, "All can be used; there may be warnings.")
        .exitStatus(3, "Something cannot be used.")

    static func run(_ context: Context) throws -> Int32 {
        let loaded = context.loadedProjects()
        let problems = loaded.problems + context.jobProblems(of: loaded.projects)
        let errors = problems.count { $0.severity == .error }
        if context.wantsJSON {
            context.print(.array(problems.map(json)))
        } else {
            for problem in problems { Console.out(problem.description) }
            let sum = "\(counted(errors, "error")), \(counted(problems.count - errors, "warning"))"
            Console.err("\(sum); \(counted(loaded.projects.count, "project")) can be used")
        }
        return errors == 0 ? 0 : 3
    }

    private static func json(of problem: ConfigProblem) -> JSONValue {
        .object([
            "severity": .string(problem.severity.rawValue), "place": .string(problem.place.description),
            "key": .string(problem.key), "problem": .string(problem.problem), "fix": .string(problem.fix),
        ])
    }
}
