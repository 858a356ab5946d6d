import OrchAdapters
import OrchCore
import Platform

/// v0's scripts that look at boards on GitHub, and what its lib.sh does to one.
enum V0BoardScripts {
    static let functions: [String: V0Command.Function] = [
        "gh_project_info": info, "gh_project_list": list, "gh_project_apply": apply,
        "create_project_board_view": addView, "link_project_to_repo": link,
    ]

    /// `gh_project_info.sh [--fix]`.
    private static func info(_ call: V0Call) throws -> Int32 {
        if call[0] == "--fix" { return try apply(call) }
        let id = try boardID(call)
        let boards = try boards(call)
        guard let board = try boards.board(id) else { throw V0Error("There is no project \(id).") }
        let fields = try boards.fields(of: id)
        call.say("Project:\n\(board.title)\n\nFields:")
        table(fields.map { [$0.name, $0.id, $0.type] }, call)
        let status = fields.filter { $0.type == "SINGLE_SELECT" && $0.name == "Status" }
        call.say("\nStatus field:")
        table(status.map { [$0.name, $0.id, $0.type] }, call)
        call.say("\nStatus options:")
        table(status.flatMap(\.options).map { [$0.name, $0.id] }, call)
        return 0
    }

    /// `gh_project_apply.sh`: the status field and its options into the global configuration.
    private static func apply(_ call: V0Call) throws -> Int32 {
        let id = try boardID(call)
        let file = ConfigFile(call.variable("GLOBAL_CONFIG_PATH") ?? call.home.config)
        guard try BoardSetup(config: file, boards: boards(call)).writeColumns(of: id).field != nil else {
            throw V0Error("Status field not found in project.")
        }
        call.say("Applied Status field and option IDs to config.yml")
        return 0
    }

    /// `gh_project_list.sh [ORG] [USER]`: their boards, and the clones that orch keeps.
    private static func list(_ call: V0Call) throws -> Int32 {
        let owner: GitHubBoards.Owner? =
            !call[0].isEmpty ? .organization(call[0]) : !call[1].isEmpty ? .user(call[1]) : nil
        if let owner {
            table(try boards(call).boards(of: owner).map { ["\($0.number)", $0.title, $0.id] }, call)
            call.say("\n=== Managed projects (bare clones) ===")
        }
        let folder = call.home.clones
        guard FileStatus.ifPresent(folder)?.kind == .directory else {
            call.say("No managed bare-clone projects found (missing: \(folder))")
            return 0
        }
        let clones = V0Projects.clones(call)
        if clones.isEmpty {
            call.say("No managed bare-clone projects found in \(folder)")
        } else {
            table([["REPO", "PATH"]] + clones.map { [$0.slug, $0.path] }, call)
        }
        return 0
    }

    /// `create_project_board_view NUMBER OWNER Organization|User`
    private static func addView(_ call: V0Call) throws -> Int32 {
        let owner: GitHubBoards.Owner = call[2] == "Organization" ? .organization(call[1]) : .user(call[1])
        let board = GitHubBoards.Board(id: "", number: Int(call[0]) ?? 0, title: "")
        try? boards(call).addBoardView(to: board, of: owner)
        call.say("Created Board view")
        return 0
    }

    /// `link_project_to_repo ID OWNER/REPO`
    private static func link(_ call: V0Call) throws -> Int32 {
        guard let repository = RepositorySlug(call[1]) else { return 0 }
        linkQuietly(call[0], to: repository, with: try boards(call), call)
        return 0
    }

    private static func linkQuietly(
        _ id: String, to repository: RepositorySlug, with boards: GitHubBoards, _ call: V0Call
    ) {
        // The board is there without it; a repository that is not to be seen has no link.
        do throws(TrackerError) { try boards.link(id, to: repository) } catch {
            if error.isAbsence { return }
        }
        call.say("Linked project to \(repository)")
    }

    // MARK: - The world

    private static func boardID(_ call: V0Call) throws -> String {
        guard let id = call.variable("GITHUB_PROJECT_ID") ?? call.config.text("gh.project_id") else {
            throw V0Error("Missing gh.project_id. Set it in config.yml or export GITHUB_PROJECT_ID.")
        }
        return id
    }

    /// A board is nobody's repository; which one the connection names does not matter.
    private static func boards(_ call: V0Call) throws -> GitHubBoards {
        GitHubBoards(try call.anyConnection())
    }

    /// As `column -t` prints it.
    private static func table(_ rows: [[String]], _ call: V0Call) {
        guard !rows.isEmpty else { return }
        var table = TextTable([])
        for row in rows { table.add(row.map { .init($0) }) }
        for line in table.lines(TerminalStyle()) { call.say(line) }
    }
}
