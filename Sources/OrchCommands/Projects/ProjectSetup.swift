import OrchAdapters
import OrchCore
import Platform

/// Makes a repository a project: what `orch init` and `orch project add` do, as often as one likes.
struct ProjectSetup {
    let place: GitPlace
    let context: Context
    /// The repository on GitHub, where somebody says it; else as `origin` does.
    var repository: RepositorySlug?

    struct Outcome {
        let directory: String
        let repository: RepositorySlug?
        /// The project's configuration file.
        let config: String
        let madeConfig: Bool
        let isNew: Bool
    }

    /// Where the project's runs, worktrees and state are; in no commit.
    private static let ownFiles = ["/.orchestrator/"]

    /// 1. The home and the store. 2. Own files out of commits. 3. The configuration file, where there is
    /// none. 4. The list of projects.
    func run(name: String?) throws -> Outcome {
        _ = try context.store()
        try place.exclude(Self.ownFiles)
        let repository = self.repository ?? GitRemote.repository(of: place.top)
        let existing = HomePaths.projectConfig(of: place.top)
        let config = existing ?? "\(place.top)/\(place.isBare ? "orchestrator.yml" : ".orchestrator.yml")"
        if existing == nil {
            try AtomicFile.write(Array(Self.text(repository).utf8), to: config)
        } else if let given = self.repository {
            try ConfigFile(config).set("gh.repo", to: given.description)
        }
        let isNew = try register(name: name)
        if isNew { context.audit("project-add", place.top) }
        return Outcome(
            directory: place.top, repository: repository, config: config, madeConfig: existing == nil,
            isNew: isNew)
    }

    /// A clone of orch's own is a project by where it is.
    private func register(name: String?) throws -> Bool {
        if place.top.hasPrefix(context.home.clones + "/") { return false }
        return try ProjectRegistry(context.home).add(place.top, name: name ?? Self.name(of: place.top))
    }

    static func name(of directory: String) -> String {
        let name = directory.split(separator: "/").last.map(String.init) ?? "project"
        return name.hasSuffix(".git") && name.count > 4 ? String(name.dropLast(4)) : name
    }

    static func text(_ repository: RepositorySlug?) -> String {
        let head =
            "# orch’s settings for this project, over those of its home; `orch config check` reads both.\n"
        return head + (repository.map { "gh:\n  repo: \($0)\n" } ?? "")
    }
}
