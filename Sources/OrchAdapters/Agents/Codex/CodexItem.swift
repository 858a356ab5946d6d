import JSON
import OrchCore

/// One thing in a Codex turn: a message, a command, a change of files; in the words of the app server
/// (`commandExecution`) and of `exec` (`command_execution`) alike.
enum CodexItem {
    case message(String)
    case tool(name: String, detail: String)
    /// A warning; the failure of a turn comes as an event of its own.
    case warning(String)
    case other

    init(_ item: JSONValue) {
        switch item["type"].string {
        case "agentMessage", "agent_message": self = .message(item["text"].string ?? "")
        case "commandExecution", "command_execution":
            self = .tool(name: "Bash", detail: Self.command(of: item))
        case "fileChange", "file_change": self = .tool(name: "Edit", detail: Self.files(of: item))
        case "mcpToolCall", "mcp_tool_call":
            self = .tool(name: item["tool"].string ?? "tool", detail: item["server"].string ?? "")
        case "webSearch", "web_search": self = .tool(name: "WebSearch", detail: item["query"].string ?? "")
        case "error": self = .warning(item["message"].string ?? "")
        default: self = .other
        }
    }

    /// Why a tool did not work; nil where it did, or is still at it.
    static func problem(of item: JSONValue) -> String? {
        guard item["status"].string == "failed" else { return nil }
        let output = item["aggregatedOutput"].string ?? item["aggregated_output"].string ?? ""
        if !output.allSatisfy(\.isWhitespace) { return output }
        if let message = item["error"]["message"].string { return message }
        let status = item["exitCode"].int ?? item["exit_code"].int
        return status.map { "exit status \($0)" } ?? "failed"
    }

    /// Refused by the sandbox, or by us in a person's place.
    static func isDeclined(_ item: JSONValue) -> Bool { item["status"].string == "declined" }

    /// The command without the shell that Codex puts around it.
    private static func command(of item: JSONValue) -> String {
        if let actions = item["commandActions"].array, actions.count == 1,
            let own = actions[0]["command"].string
        {
            return own
        }
        let whole = item["command"].string ?? ""
        let parts = whole.split(separator: " ", maxSplits: 2)
        guard parts.count == 3, parts[1] == "-lc" else { return whole }
        let inner = parts[2]
        let isQuoted = inner.count > 1 && inner.first == "'" && inner.last == "'"
        return String(isQuoted ? inner.dropFirst().dropLast() : inner)
    }

    private static func files(of item: JSONValue) -> String {
        (item["changes"].array ?? []).compactMap { $0["path"].string }.joined(separator: ", ")
    }
}

/// What both of Codex's protocols tell of an item.
extension AgentTranscript {
    mutating func begin(codexItem item: JSONValue) -> [AgentEffect] {
        guard case .tool(let name, let detail) = CodexItem(item) else { return [] }
        return [beginTool(item["id"].string ?? "", name: name, detail: detail)]
    }

    mutating func end(codexItem item: JSONValue) -> [AgentEffect] {
        switch CodexItem(item) {
        case .message(let words): return words.isEmpty ? [] : [text(words)]
        case .tool(_, let detail):
            if CodexItem.isDeclined(item) { return [note(.denied(Self.line(detail)))] }
            return endTool(item["id"].string ?? "", problem: CodexItem.problem(of: item))
        case .warning(let words): return [.event(.notice(Self.line(words)))]
        case .other: return []
        }
    }
}
