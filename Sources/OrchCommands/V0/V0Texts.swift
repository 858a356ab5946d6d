import JSON
import OrchAdapters
import OrchCore
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Texts for prompts and comments.
enum V0Texts {
    static let functions: [String: V0Command.Function] = [
        "render_template": { try render($0) },
        "agent_badge": { call in
            call.say(badge(call[0].isEmpty ? "orchestrator" : call[0]))
            return 0
        },
        "read_prompt_file": { call in
            let path = "\(attemptFolder(call))/prompt-\(call[1]).txt"
            Console.raw(text(at: path, limitBytes: 10_000))
            return 0
        },
        "read_tool_summary": { call in
            let path = "\(attemptFolder(call))/tools-\(call[1]).json"
            let calls = (try? JSONValue(parsing: Array(text(at: path).utf8)).array) ?? []
            if !calls.isEmpty { call.say(summary(of: calls)) }
            return 0
        },
        "load_task_context": { call in
            let folder = call.variable("CONTEXTS_DIR") ?? call.home.contexts
            for (kind, name) in [("profile", call[1]), ("task", call[0])] {
                let notes = text(at: "\(folder)/\(kind)-\(name).md")
                if !notes.isEmpty { call.say("[\(kind):\(name)]\n\(notes)") }
            }
            return 0
        },
        "append_task_context": { call in
            let folder = call.variable("CONTEXTS_DIR") ?? call.home.contexts
            try Directory.make(folder)
            let path = "\(folder)/task-\(call[0]).md"
            let file = try FileDescriptor(opening: path, O_WRONLY | O_APPEND | O_CREAT, mode: 0o644)
            try file.writeAll(Array((call[1] + "\n").utf8), subject: path)
            return 0
        },
        "build_project_instructions": { call in
            let folder = call[0].isEmpty ? call.projectDirectory : call[0]
            for name in ["CLAUDE.md", "AGENTS.md", "README.md"] {
                let words = text(at: "\(folder)/\(name)")
                if !words.isEmpty { call.say("## \(name)\n\(words)\n") }
            }
            return 0
        },
        "build_parent_context": { try parentContext($0) },
        "redact_snippet": { call in
            Console.raw(call.redaction.apply(to: call[0]))
            return 0
        },
        "is_usage_limit_error": { isUsageLimit($0[0]) ? 0 : 1 },
    ]

    private static let limitBytes = 1 << 20

    /// Empty where there is none.
    static func text(at path: String, limitBytes: Int? = nil) -> String {
        guard let bytes = try? WholeFile.readRegular(path, limitBytes: Self.limitBytes) else { return "" }
        return String(decoding: bytes.prefix(limitBytes ?? Self.limitBytes), as: UTF8.self)
    }

    private static func attemptFolder(_ call: V0Call) -> String {
        call[0].isEmpty ? call.stateDirectory : "\(call[0])/.orchestrator"
    }

    static func badge(_ agent: String) -> String {
        switch agent {
        case "claude": "🤖 🟣 Claude"
        case "codex": "🤖 🟢 Codex"
        case "opencode": "🤖 🔵 OpenCode"
        default: "🤖 \(agent)"
        }
    }

    // Templates

    /// `render_template FILE`: the values are this process's variables.
    private static func render(_ call: V0Call) throws -> Int32 {
        guard FileStatus.ifPresent(call[0])?.kind == .file else {
            call.complain("[render_template] template not found: \(call[0])")
            return 1
        }
        let rendered = V0Template(text(at: call[0])).render(call.environment)
        let output = rendered.withoutFinalBreaks
        guard !output.isEmpty else {
            call.complain("[render_template] empty output for \(call[0])")
            return 1
        }
        Console.raw(output)
        return 0
    }

    // Tools

    private static let errorLimit = 10
    private static let detailLimit = 120

    /// How often each tool was used, the most first, and what failed.
    private static func summary(of calls: [JSONValue]) -> String {
        var counts: [(tool: String, count: Int)] = []
        for call in calls {
            let tool = call["tool"].string ?? "?"
            if let place = counts.firstIndex(where: { $0.tool == tool }) {
                counts[place].count += 1
            } else {
                counts.append((tool, 1))
            }
        }
        // Of equal counts the first used comes first.
        let order = counts.enumerated().sorted {
            ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
        }
        var lines = ["| Tool | Calls |", "|------|-------|"]
        lines += order.map { "| \($0.element.tool) | \($0.element.count) |" }
        let failed = calls.filter { $0["error"].bool == true }.map { "- `\(detail(of: $0))`" }
        if !failed.isEmpty {
            lines += ["", "<details><summary>Failed tool calls (\(failed.count))</summary>", ""]
            lines += failed.prefix(errorLimit) + ["", "</details>"]
        }
        return lines.joined(separator: "\n")
    }

    private static func detail(of call: JSONValue) -> String {
        let tool = call["tool"].string ?? "?"
        switch tool {
        case "Bash": return String((call["input"]["command"].string ?? "?").prefix(detailLimit))
        case "Edit", "Write", "Read": return call["input"]["file_path"].string ?? "?"
        default: return tool
        }
    }

    // Family

    private static func parentContext(_ call: V0Call) throws -> Int32 {
        guard let parent = try V0Fields.value(of: "parent_id", task: call[0], call), !parent.isEmpty,
            let issue = try call.issue(parent)
        else { return 0 }
        call.say("Parent task #\(parent): \(issue["title"].string ?? "")")
        if let summary = try call.sidecars.read(call.key(parent))["summary"], !summary.isEmpty {
            call.say("Parent summary: \(summary)")
        }
        let siblings = try call.connection().tracker.children(of: parent).filter { $0 != call[0] }
        guard !siblings.isEmpty else { return 0 }
        call.say("\nSibling tasks:")
        for id in siblings {
            guard let sibling = try call.issue(id) else { continue }
            let status = V0Labels.value("status:", in: sibling) ?? "new"
            call.say("\(id): \(sibling["title"].string ?? "") [\(status)]")
        }
        return 0
    }

    /// Whether an agent's own words tell of its limit, by v0's phrases.
    private static func isUsageLimit(_ text: String) -> Bool {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
        return limitPhrases.contains { " \(words) ".contains(" \($0)") }
    }

    /// Their words, whatever stands between them; each begins where a word does.
    private static let limitPhrases = [
        "429 ", "too many requests", "rate limit", "ratelimit", "usage limit", "usagelimit", "quota ",
        "limit reached", "limit exceeded", "limit hit", "hit your limit", "you ve hit", "overloaded error",
        "service overloaded",
    ]
}

extension String {
    /// As a shell's `$(…)` gives it.
    fileprivate var withoutFinalBreaks: String { String(reversed().drop { $0 == "\n" }.reversed()) }
}
