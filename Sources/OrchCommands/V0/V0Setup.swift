import JSON
import OrchAdapters
import OrchCore
import Platform

/// How a repository becomes a project: `init.sh` and `project_add.sh`.
enum V0Setup {
    static let functions: [String: V0Command.Function] = [
        "init": { call in
            var wishes = Wishes(
                repository: call.variable("ORCH_GH_REPO"), board: call.variable("ORCH_GH_PROJECT_ID"))
            guard wishes.take(call.arguments) else { return 1 }
            return try initialize(wishes, in: call.projectDirectory, call)
        },
        "project_add": { try add($0) },
    ]

    /// What `init.sh` is told.
    struct Wishes {
        var repository: String?
        var board: String?
        /// Nobody is asked anything.
        var isTold = false

        /// - Returns: false for what is no option; it has been said.
        mutating func take(_ words: [String]) -> Bool {
            var words = words[...]
            while let word = words.popFirst() {
                switch word {
                case "--repo": repository = words.popFirst()
                case "--project-id": board = words.popFirst()
                default:
                    Console.err("Unknown option: \(word)")
                    return false
                }
                isTold = true
            }
            return true
        }
    }

    /// 1. What is configured already. 2. What is told or asked goes into the configuration, the board's
    /// columns with it. 3. The project is put on the list. 4. Skills. What GitHub does not answer stops
    /// nothing.
    static func initialize(_ wishes: Wishes, in directory: String, _ call: V0Call) throws -> Int32 {
        var wishes = wishes
        let path = HomePaths.projectConfig(of: directory) ?? "\(directory)/orchestrator.yml"
        let config = ConfigFile(path)
        let isThere = FileStatus.ifPresent(path) != nil
        let configured = isThere ? try config.texts("gh.repo").first : nil
        if isThere {
            wishes.repository = wishes.repository ?? configured
            wishes.board = try wishes.board ?? config.texts("gh.project_id").first
        }
        call.say("Initialized orchestrator for \(ProjectSetup.name(of: directory))")
        call.say("  Project: \(directory)")
        if isThere {
            call.say("  Config: \(path.split(separator: "/").last ?? "orchestrator.yml") (existing)")
        }
        if !wishes.isTold, Terminal.isTerminal(0) {
            try V0Asking(call: call, directory: directory).complete(&wishes, isConfigured: configured != nil)
        }
        if wishes.isTold { try write(wishes, to: config, call) }
        try register(directory, call)
        syncSkills(call)
        call.say("\nAdd tasks with: orchestrator add \"title\" \"body\" \"labels\"")
        call.say("Start the server: orchestrator serve")
        greet(wishes.repository, call)
        return 0
    }

    private static func write(_ wishes: Wishes, to config: ConfigFile, _ call: V0Call) throws {
        guard let repository = wishes.repository, !repository.isEmpty else { return }
        try config.set("gh.repo", to: repository)
        // Said here, so that the global file's does not count for this project.
        if try config.texts("gh.sync_label").isEmpty { try config.set("gh.sync_label", to: "") }
        call.say("Saved orchestrator.yml")
        guard let board = wishes.board, !board.isEmpty else { return }
        do {
            let setup = BoardSetup(config: config, boards: try boards(of: repository, call))
            for line in try setup.adopt(board).lines { call.say(line) }
        } catch let error as TrackerError {
            Console.err(error.problem)
        }
    }

    static func boards(of repository: String, _ call: V0Call) throws -> GitHubBoards {
        GitHubBoards(try V0Call([], like: call, repository: repository).connection())
    }

    /// A folder that is no repository yet is none of the projects either.
    private static func register(_ directory: String, _ call: V0Call) throws {
        guard let place = GitPlace(around: directory), place.top == WorkingDirectory.canonical(directory)
        else { return }
        try place.exclude(["/.orchestrator/"])
        // A clone of orch's own is a project by where it is.
        if place.top.hasPrefix(WorkingDirectory.canonical(call.home.clones) + "/") { return }
        let registry = ProjectRegistry(call.home)
        if try registry.add(place.top, name: ProjectSetup.name(of: place.top)) {
            call.say("  Registered in \(call.home.projects)")
        }
    }

    private static func syncSkills(_ call: V0Call) {
        call.say("\nSyncing skills...")
        if Program.run(["v0", "skills_sync"], environment: call.environment) != 0 {
            Console.err("skills sync failed (non-fatal).")
        }
    }

    private static func greet(_ repository: String?, _ call: V0Call) {
        guard let repository = repository.flatMap(RepositorySlug.init) else { return }
        // Whether GitHub answers is the question; what it fails with is not.
        let connection = try? V0Call([], like: call, repository: repository.description).connection()
        let answer = connection.flatMap {
            try? GitHubClient($0).send(GitHubRequest(.get, GitHubPath(repository).description)).body()
        }
        let count = answer?["open_issues_count"].int.map { "\($0)" } ?? "?"
        call.say("\nGitHub connected: \(repository) (\(count) open issues)")
    }

    // project_add.sh

    private static func add(_ call: V0Call) throws -> Int32 {
        guard !call[0].isEmpty else {
            Console.err("Usage: orchestrator project add <owner/repo>")
            return 1
        }
        guard let slug = RepositorySlug(call[0]) ?? GitRemote.slug(of: call[0]) else {
            Console.err("Invalid repo: \(call[0]) (expected owner/repo)")
            return 1
        }
        let wishes = Wishes(repository: slug.description, board: nil, isTold: true)
        if GitRemote.repository(of: call.projectDirectory) == slug {
            call.say(
                "Already inside a local checkout of \(slug) — running init instead of bare clone.")
            return try initialize(wishes, in: call.projectDirectory, call)
        }
        let clone = BareClone(slug: slug, home: call.home, environment: call.environment)
        let isThere = FileStatus.ifPresent(clone.path)?.kind == .directory
        call.say(isThere ? "Already cloned — fetching latest..." : "Cloning \(slug) (bare)...")
        if isThere { try clone.update(call.store()) } else { _ = try clone.make(call.store()) }
        let config = HomePaths.projectConfig(of: clone.path) ?? "\(clone.path)/orchestrator.yml"
        call.say("\nBare repo: \(clone.path)\nConfig:    \(config)\n\nRunning init...")
        let status = try initialize(wishes, in: clone.path, call)
        call.say("\n=== Summary ===")
        call.say("  Repo:      \(slug)\n  Bare clone: \(clone.path)\n  Config:     \(config)\n\nNext steps:")
        call.say("  orchestrator task add \"your task title\"   # with PROJECT_DIR=\(clone.path)")
        call.say("  orchestrator start                         # serve loop picks it up")
        return status
    }
}

extension V0Call {
    /// The same world, about another repository.
    convenience init(_ arguments: [String], like other: V0Call, repository: String) throws {
        let own = ["_GH_REPO": repository]
        try self.init(arguments, environment: other.environment.merging(own) { _, new in new })
    }
}
