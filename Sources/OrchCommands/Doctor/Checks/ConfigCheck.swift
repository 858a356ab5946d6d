import OrchAdapters
import OrchCore

/// Whether the configuration can be read and there is a project to look after.
struct ConfigCheck: DoctorCheck {
    static let name = "config"

    let problems: [ConfigProblem]
    /// Names.
    let projects: [String]

    init(facts: DoctorFacts) {
        self.init(problems: facts.configProblems, projects: facts.projects.map(\.name))
    }

    init(problems: [ConfigProblem], projects: [String]) {
        self.problems = problems
        self.projects = projects
    }

    func findings() -> [Finding] {
        let found = problems.map(finding)
        if !projects.isEmpty {
            let count = counted(projects.count, "project")
            return found + [.ok(Self.name, "\(count): \(projects.joined(separator: ", "))")]
        }
        // One that cannot be used is among the problems.
        if found.contains(where: { $0.level == .problem }) { return found }
        return found + [
            .warning(Self.name, "there is no project yet", fix: "`orch init` in a git repository")
        ]
    }

    private func finding(_ problem: ConfigProblem) -> Finding {
        let key = problem.key.isEmpty ? "" : " \(problem.key):"
        let text = "\(problem.place):\(key) \(problem.problem)"
        return switch problem.severity {
        case .error: .problem(Self.name, text, fix: problem.fix)
        case .warning: .warning(Self.name, text, fix: problem.fix)
        }
    }
}
