import OrchAdapters
import OrchCore
import OrchEngine
import Subprocess

/// Whether each project's folder is a repository, and its remote answers.
struct ProjectsCheck: DoctorCheck {
    static let name = "projects"

    private static let remoteTimeout: Duration = .seconds(30)

    let facts: DoctorFacts

    func findings() -> [Finding] { facts.projects.map(finding) }

    private func finding(_ project: Project) -> Finding {
        do {
            let place = try facts.command("git", ["-C", project.directory, "rev-parse", "--git-dir"]).run()
            guard place.succeeded else {
                return .problem(
                    Self.name,
                    "\(project.name): \(project.directory) is no repository to git: "
                        + lastLine(place.errorText),
                    fix: "`git -C \(project.directory) status` says more")
            }
            return try remote(of: project)
        } catch {
            return .problem(Self.name, error, about: project.name)
        }
    }

    /// A key that only a login's ssh-agent has is missed here when the timer asks.
    private func remote(of project: Project) throws -> Finding {
        let url = try facts.command("git", ["-C", project.directory, "remote", "get-url", "origin"]).run()
        guard url.succeeded else {
            return .warning(
                Self.name, "\(project.name): there is no remote `origin`, so nothing can be pushed",
                fix: "`git -C \(project.directory) remote add origin URL`")
        }
        let address = String(url.text.prefix { $0 != "\n" })
        // git takes it from the folder that it is started in, and agents work in another.
        if address.hasPrefix("./") || address.hasPrefix("../") {
            return .problem(
                Self.name, "\(project.name): `origin` is \(address), which leads elsewhere from a worktree",
                fix: "`git -C \(project.directory) remote set-url origin /…`, then `orch init` there")
        }
        let repository = Live.repository(project.directory, environment: facts.environment)
        // As before a run: an agent may have written who is shown the login.
        if let store = try? facts.store?.get() {
            try AcceptedSettings(of: project.id, store: store).compare(
                try repository.networkSettings(in: nil))
        }
        guard let failure = try repository.originFailure(timeout: Self.remoteTimeout) else {
            return .ok(Self.name, "\(project.name): \(project.directory), its remote answers")
        }
        return .problem(
            Self.name, "\(project.name): the remote does not answer: \(lastLine(failure))",
            fix:
                "`gh auth setup-git` for https, a key without passphrase for ssh; then "
                + "`git -C \(project.directory) ls-remote origin`"
        )
    }

    /// Where git says what it was.
    private func lastLine(_ text: String) -> String {
        text.split(separator: "\n").last.map(String.init) ?? "it says nothing"
    }
}
