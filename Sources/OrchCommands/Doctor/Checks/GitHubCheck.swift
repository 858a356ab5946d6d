import OrchCore
import OrchEngine
import Subprocess

/// Whether gh is there and logged in, and each project's repository can be reached.
struct GitHubCheck: DoctorCheck {
    static let name = "github"

    let facts: DoctorFacts

    func findings() -> [Finding] {
        let projects = facts.projects.filter {
            $0.settings.github.isEnabled && $0.settings.github.repository != nil
        }
        guard !projects.isEmpty else { return [.ok(Self.name, "no project has a GitHub side")] }
        guard facts.program("gh") != nil else {
            return [.problem(Self.name, "gh is not on PATH", fix: DoctorAdvice.install("gh"))]
        }
        return projects.map(finding)
    }

    private func finding(_ project: Project) -> Finding {
        let place = "\(project.name) (\(project.settings.github.repository?.description ?? ""))"
        do {
            guard let tracker = facts.ports.tracker(project, .github) else {
                return .ok(Self.name, "\(project.name): no GitHub side")
            }
            return .ok(Self.name, "\(place): reached as \(try tracker.checkHealth())")
        } catch {
            return .problem(Self.name, error, about: place)
        }
    }
}
