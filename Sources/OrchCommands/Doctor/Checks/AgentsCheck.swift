import OrchAdapters
import OrchCore
import Platform
import Subprocess

/// Which agents are installed, and whether those that the settings name are.
struct AgentsCheck: DoctorCheck {
    static let name = "agents"

    let facts: DoctorFacts

    private struct Installed {
        let name: AgentName
        let program: String
    }

    func findings() -> [Finding] {
        let none = Project(id: .init(rawValue: facts.home.home), name: "none", settings: Settings())
        let projects = facts.projects.isEmpty ? [none] : facts.projects
        var installed: [Installed] = []
        var found: [Finding] = []
        for project in projects {
            let catalog = facts.live.catalog(of: project)
            for name in catalog.names where !installed.contains(where: { $0.name == name }) {
                if let program = catalog.program(of: name) {
                    installed.append(Installed(name: name, program: program))
                }
            }
            found += missing(in: project, catalog)
        }
        let workers = installed.filter { $0.name != .demo }
        if workers.isEmpty {
            found.append(
                .problem(
                    Self.name, "no agent is on PATH",
                    fix: "install claude, codex or opencode, or describe one in `agents:`"))
        }
        return versions(of: workers) + found
    }

    /// An agent that the settings choose by name and that is not there.
    private func missing(in project: Project, _ catalog: AgentCatalog) -> [Finding] {
        let settings = project.settings
        let chosen: [(key: String, name: AgentName?)] = [
            ("router.agent", settings.router.agent),
            ("router.fallback_executor", settings.router.fallbackExecutor),
            (
                "workflow.review_agent",
                settings.workflow.enableReviewAgent ? settings.workflow.reviewAgent : nil
            ),
        ]
        return chosen.compactMap { key, name in
            guard let name, catalog.program(of: name) == nil else { return nil }
            return .problem(
                Self.name, "\(project.name): `\(key)` is \(name.rawValue), which is not on PATH",
                fix: "install \(name.rawValue), or choose another one in `\(key)`")
        }
    }

    private func versions(of agents: [Installed]) -> [Finding] {
        let environment = Command.Environment(facts.environment)
        let commands = agents.map { AgentProbe.version($0.program, environment: environment) }
        return zip(agents, Command.runAll(commands, atMost: AgentProbe.atOnce)).map { agent, result in
            switch result {
            case .success(let output):
                if let version = AgentProbe.readVersion(output) {
                    return .ok(Self.name, "\(agent.name.rawValue): \(version) (\(agent.program))")
                }
                return .warning(
                    Self.name,
                    "\(agent.name.rawValue): `\(agent.program) --version` says nothing (\(output.exit))",
                    fix: "run it by hand; it may be broken")
            case .failure(let error): return .problem(Self.name, error, about: agent.name.rawValue)
            }
        }
    }
}
