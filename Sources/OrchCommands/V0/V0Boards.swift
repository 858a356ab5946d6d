import OrchAdapters
import OrchCore
import Platform

/// New boards on GitHub: `gh_project_create.sh`, and what `init.sh` has of it.
enum V0Boards {
    static let functions: [String: V0Command.Function] = [
        "gh_project_create": { try create($0) },
        "configure_project_status_field": { call in
            // Without the field there is nothing to configure, and v0 says nothing either.
            let boards = GitHubBoards(try call.anyConnection())
            guard let field = try boards.statusField(of: call[0]) else { return 0 }
            try boards.configure(field)
            call.say(configured)
            return 0
        },
    ]

    private static let configured = "Configured project status columns: Backlog, In Progress, Review, Done"

    /// The boards of the account and its organizations, each as it is offered.
    static func all(_ boards: GitHubBoards) throws -> [(board: GitHubBoards.Board, text: String)] {
        let viewer = try boards.viewer()
        let owners =
            [GitHubBoards.Owner.user(viewer)] + (try boards.organizations()).map { .organization($0) }
        return try owners.flatMap { owner in
            let kind = owner.folder == "users" ? "user" : "org"
            return try boards.boards(of: owner).map {
                (board: $0, text: "\(kind):\(owner.login) #\($0.number) \($0.title.onOneLine)")
            }
        }
    }

    static func make(
        _ title: String, for repository: String, _ boards: GitHubBoards, _ call: V0Call
    ) throws -> GitHubBoards.Board {
        guard let slug = RepositorySlug(repository) else { throw V0Error("Invalid repo: \(repository)") }
        let setup = BoardSetup(config: ConfigFile("/dev/null"), boards: boards)
        var failures = 0
        let made = try setup.make(title, for: slug) { error in
            failures += 1
            Console.err((error as? any Explained)?.problem ?? "\(error)")
        }
        call.say("Created project #\(made.board.number): \(made.board.title.onOneLine)")
        if failures == 0 {
            call.say(configured)
            call.say("Created Board view\nLinked project to \(slug)")
        }
        call.say("\nTo enable auto-add (new issues -> project), visit:")
        call.say(
            "  https://github.com/\(made.owner.folder)/\(made.owner.login)/projects/\(made.board.number)/workflows"
        )
        call.say("and enable 'Auto-add to project' for this repo.")
        return made.board
    }

    private static func create(_ call: V0Call) throws -> Int32 {
        let directory = call.projectDirectory
        let path = HomePaths.projectConfig(of: directory) ?? "\(directory)/orchestrator.yml"
        let repository = try call.variable("GITHUB_REPO") ?? call.repository().description
        let boards = try V0Setup.boards(of: repository, call)
        let title = call[0].isEmpty ? ProjectSetup.name(of: directory) : call[0]
        let board: GitHubBoards.Board
        switch try choice(boards, call) {
        case .skip: return 0
        case .use(let known): board = known
        case .make:
            call.say("Creating GitHub Project '\(title)' for \(repository)...")
            board = try make(title, for: repository, boards, call)
        }
        let config = ConfigFile(path)
        if try config.texts("gh.repo").isEmpty { try config.set("gh.repo", to: repository) }
        for line in try BoardSetup(config: config, boards: boards).adopt(board.id).lines { call.say(line) }
        call.say("\nProject ID: \(board.id)")
        return 0
    }

    private enum Choice {
        case make
        case use(GitHubBoards.Board)
        case skip
    }

    /// At a terminal one of those that are there, where there are any; without one nobody can be asked.
    private static func choice(_ boards: GitHubBoards, _ call: V0Call) throws -> Choice {
        let known = Terminal.isTerminal(0) ? try all(boards) : []
        guard !known.isEmpty else { return .make }
        call.say("Existing GitHub Projects:")
        for (index, entry) in known.enumerated() { call.say("  [\(index + 1)] \(entry.text)") }
        call.say("  [n] Create new project")
        Console.raw("Select project to link (or 'n' to create new) [skip]: ")
        let answer = readLine() ?? ""
        if answer.lowercased() == "n" { return .make }
        guard let number = Int(answer) else {
            call.say("Skipped.")
            return .skip
        }
        guard known.indices.contains(number - 1) else { return .make }
        call.say("Linking to existing project: \(known[number - 1].text)")
        return .use(known[number - 1].board)
    }
}
