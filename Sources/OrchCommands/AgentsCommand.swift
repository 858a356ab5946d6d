import Arguments
import JSON
import OrchAdapters
import OrchCore
import Subprocess

/// `orch agents`: who can be given work.
enum AgentsCommand: Subcommand {
    static let table = CommandTable(
        "agents", "Show which agents are installed, enabled and free to work", group: "Looking")

    struct Row {
        let name: AgentName
        /// nil: not installed.
        let path: String?
        /// nil: not installed, or it does not say.
        let version: String?
        let isDisabled: Bool
        /// It is left alone until then.
        let breaker: Breaker?
    }

    static func run(_ context: Context) throws -> Int32 {
        let catalog = try context.live().catalog(of: try project(context))
        let breakers = try context.store().breakers()
        let now = Live.now()
        let rows = rows(of: catalog, breakers: breakers.filter { $0.value.until.isAwaited(now) }, context)
        if context.wantsJSON {
            context.print(.array(rows.map(json)))
        } else {
            Console.out(lines(rows, context.terminal).joined(separator: "\n"))
            if !rows.contains(where: { $0.path != nil && $0.name != .demo }) {
                Console.err("No agent is installed; `--agent demo` works without one.")
            }
        }
        return 0
    }

    /// Agents can be looked at before there is a project: then as a project without settings would have them.
    private static func project(_ context: Context) throws -> Project {
        let projects = try context.listedProjects(isGlobal: false)
        if let first = projects.first { return first }
        let settings = Configuration.read(context.home, project: nil, environment: context.environment)
            .settings
        return Project(id: Project.ID(rawValue: context.home.home), name: "none", settings: settings)
    }

    private static func rows(
        of catalog: AgentCatalog, breakers: [AgentName: Breaker], _ context: Context
    ) -> [Row] {
        let places = catalog.names.map { (name: $0, path: catalog.program(of: $0)) }
        // The demo is orch's own script; it has orch's version.
        let probed = places.filter { $0.path != nil && $0.name != .demo }
        if !probed.isEmpty { Console.err("Asking \(counted(probed.count, "agent")) for the version …") }
        let environment = Command.Environment(context.environment)
        let outputs = Command.runAll(
            probed.map { AgentProbe.version($0.path ?? "", environment: environment) },
            atMost: AgentProbe.atOnce)
        // One that cannot say its version is installed all the same.
        let versions = outputs.map { (try? $0.get()).flatMap(AgentProbe.readVersion) }
        let known = Dictionary(zip(probed.map(\.name), versions)) { first, _ in first }
        return places.map { name, path in
            Row(
                name: name, path: path, version: name == .demo ? Program.version : known[name].flatMap { $0 },
                isDisabled: catalog.isDisabled(name), breaker: breakers[name])
        }
    }

    /// v0's look, with what it did not know behind it.
    static func lines(_ rows: [Row], _ terminal: TerminalStyle) -> [String] {
        var table = TextTable([])
        for row in rows {
            let isThere = row.path != nil
            table.add([
                .init("  \(row.name)"), .init(isThere ? "✓" : "✗", isThere ? .green : .dim),
                .init(isThere ? row.version ?? "unknown version" : "not installed", isThere ? .plain : .dim),
                state(of: row),
            ])
        }
        return table.lines(terminal)
    }

    private static func state(of row: Row) -> TextTable.Cell {
        if row.isDisabled { return .init("disabled by `router.disabled_agents`", .yellow) }
        guard let breaker = row.breaker else { return .init("") }
        return .init("left alone until \(breaker.until.iso8601): \(breaker.reason)", .red)
    }

    private static func json(of row: Row) -> JSONValue {
        .object([
            "name": .string(row.name.rawValue), "installed": .bool(row.path != nil),
            "path": TaskImage.text(row.path), "version": TaskImage.text(row.version),
            "enabled": .bool(!row.isDisabled), "left_alone_until": TaskImage.text(row.breaker?.until.iso8601),
            "reason": TaskImage.text(row.breaker?.reason),
        ])
    }
}
