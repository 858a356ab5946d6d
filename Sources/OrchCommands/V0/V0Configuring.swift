import OrchAdapters
import OrchCore
import Platform
import Subprocess
import YAML

/// The configuration, and what follows from it.
enum V0Configuring {
    static let functions: [String: V0Command.Function] = [
        "config_get": { try get($0) }, "load_project_config": { try loadProject($0) },
        "available_agents": { call in
            call.say(available(call).joined(separator: ","))
            return 0
        },
        "opposite_agent": { call in
            call.say(opposite(of: call[0], call))
            return 0
        },
        "model_for_complexity": { call in
            let level = orMedium(call[1])
            call.say(call.config.text("model_map.\(level).\(call[0])") ?? "")
            return 0
        },
        "task_timeout_seconds": { call in
            let own = call.config.text("workflow.timeout_by_complexity.\(orMedium(call[0]))")
            call.say(own ?? call.config.text("workflow.timeout_seconds") ?? defaultTimeout)
            return 0
        },
        "max_attempts": { call in
            call.say(call.config.text("workflow.max_attempts") ?? call.variable("MAX_ATTEMPTS") ?? "10")
            return 0
        },
        "repo_owner": { call in
            let repository = call[0].isEmpty ? call.config.text("gh.repo") ?? "" : call[0]
            Console.raw(String(repository.prefix { $0 != "/" }))
            return 0
        },
        "init_config_file": { try makeConfig($0) },
    ]

    /// Half an hour.
    private static let defaultTimeout = "1800"

    private static func orMedium(_ level: String) -> String {
        level.isEmpty || level == "null" ? Complexity.medium.rawValue : level
    }

    /// `config_get EXPRESSION`: an empty line where there is no file.
    private static func get(_ call: V0Call) throws -> Int32 {
        guard let root = call.config.root else {
            call.say("")
            return 0
        }
        for answer in try V0Expression(call[0]).answers(from: root) {
            call.say(answer.isNull ? "null" : answer.text ?? answer.yaml())
        }
        return 0
    }

    /// `load_project_config`: prints what its caller is to set, as words of a shell, where the project has a
    /// file of its own: that one is laid over the global one, into a third.
    private static func loadProject(_ call: V0Call) throws -> Int32 {
        guard let directory = call.variable("PROJECT_DIR"),
            let own = HomePaths.projectConfig(of: directory)
        else { return 0 }
        let state = "\(directory)/.orchestrator"
        let global = call.variable("GLOBAL_CONFIG_PATH") ?? "\(call.home.home)/config.yml"
        let merged = merge(V0Config(path: global).root ?? .null, V0Config(path: own).root ?? .null)
        try Directory.make(state)
        let path = "\(state)/config-merged.yml"
        try AtomicFile.write(Array(merged.yaml().utf8), to: path, mode: 0o600, durability: .none)
        for (name, value) in [
            ("STATE_DIR", state), ("ORCH_WORKTREES", "\(state)/worktrees"), ("CONFIG_PATH", path),
        ] { call.say("\(name)=\(ShellQuoting.quoted(value))") }
        return 0
    }

    /// Mappings key by key, anything else as a whole.
    private static func merge(_ below: Node, _ above: Node) -> Node {
        guard let old = below.mapping, let new = above.mapping else { return above.isNull ? below : above }
        var entries = old
        for entry in new {
            if let place = entries.firstIndex(where: { $0.key == entry.key }) {
                let value = entry.value.isNull ? entry.value : merge(entries[place].value, entry.value)
                entries[place] = .init(key: entry.key, value: value)
            } else {
                entries.append(entry)
            }
        }
        return .mapping(entries)
    }

    /// `init_config_file`: an empty frame where there is none.
    private static func makeConfig(_ call: V0Call) throws -> Int32 {
        let path = call.variable("CONFIG_PATH") ?? call.home.config
        guard FileStatus.ifPresent(path) == nil else { return 0 }
        let text =
            "workflow:\n  auto_close: true\n  review_owner: \"\"\ngh:\n  repo: \"\"\n  sync_label: \"\"\n"
        try AtomicFile.write(Array(text.utf8), to: path, mode: 0o600, durability: .none)
        return 0
    }

    // Agents

    /// Those that are installed and not switched off, in v0's order.
    static func available(_ call: V0Call) -> [String] {
        let disabled = call.config.list("router.disabled_agents")
        return V0Labels.knownAgents(call).filter { name in
            !disabled.contains(name)
                && ProgramSearch.find(name, path: call.environment["PATH"] ?? "") != nil
        }
    }

    /// Another than this one to review its work; itself where there is no other.
    static func opposite(of agent: String, _ call: V0Call) -> String {
        let configured = call.config.text("workflow.review_agent")
        return available(call).first { $0 != agent } ?? configured.flatMap { $0 != agent ? $0 : nil } ?? agent
    }
}
