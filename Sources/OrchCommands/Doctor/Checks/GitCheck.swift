import OrchCore
import Subprocess

/// Whether git is there, new enough, and who the commits are by.
struct GitCheck: DoctorCheck {
    static let name = "git"

    /// `git worktree` and what orch asks of it.
    private static let oldest = [2, 31]

    let facts: DoctorFacts

    func findings() -> [Finding] {
        guard let git = facts.program("git") else {
            return [.problem(Self.name, "git is not on PATH", fix: DoctorAdvice.install("git"))]
        }
        do {
            let output = try facts.command(git, ["--version"]).run()
            let version = ProgramVersion(in: output.text)
            guard let version, version.isAtLeast(Self.oldest) else {
                return [
                    .problem(
                        Self.name, "git \(version?.text ?? "of an unknown version") is too old",
                        fix: "orch needs git 2.31 or newer")
                ]
            }
            return [.ok(Self.name, "git \(version.text)")] + facts.projects.map(identity)
        } catch {
            return [.problem(Self.name, error)]
        }
    }

    /// Commits carry the agent's name unless the settings say otherwise, so nobody's own identity is needed.
    private func identity(of project: Project) -> Finding {
        let git = project.settings.git
        if git.name.isEmpty != git.email.isEmpty {
            return .warning(
                Self.name, "\(project.name): of `git.name` and `git.email` only one is set",
                fix: "set both, or none, for commits by `AGENT[bot]`")
        }
        let author = git.name.isEmpty ? "the agent" : "\(git.name) <\(git.email)>"
        return .ok(Self.name, "\(project.name): commits are by \(author)")
    }
}
