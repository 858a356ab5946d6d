package import JSON

/// How an event looks: as fields of `events.ndjson`, and as a line for people.
package enum EventImage {
    /// The entry of a log that is no event of the agent's: why its host ends it.
    package static let verdictKind = "verdict"

    /// The event with other words.
    package static func mapped(_ event: AgentEvent, _ change: (String) -> String) -> AgentEvent {
        switch event {
        case .usage: event
        case .session(let id): .session(change(id))
        case .model(let name): .model(change(name))
        case .text(let text): .text(change(text))
        case .tool(let name, let detail): .tool(name: name, detail: change(detail))
        case .toolFailed(let name, let detail): .toolFailed(name: name, detail: change(detail))
        case .denied(let what): .denied(change(what))
        case .said(let words): .said(change(words))
        case .notice(let text): .notice(change(text))
        case .problem(let text): .problem(change(text))
        }
    }

    package static func fields(of event: AgentEvent) -> [(String, JSONValue)] {
        func entry(_ kind: String, _ text: String) -> [(String, JSONValue)] {
            [("kind", .string(kind)), ("text", .string(text))]
        }
        switch event {
        case .session(let id): return entry("session", id)
        case .model(let name): return entry("model", name)
        case .text(let text): return entry("text", text)
        case .tool(let name, let detail):
            return [("kind", "tool"), ("tool", .string(name)), ("text", .string(detail))]
        case .toolFailed(let name, let detail):
            return [("kind", "tool_failed"), ("tool", .string(name)), ("text", .string(detail))]
        case .denied(let what): return entry("denied", what)
        case .usage(let usage):
            return [
                ("kind", "usage"), ("input_tokens", .int(Int64(usage.inputTokens))),
                ("output_tokens", .int(Int64(usage.outputTokens))),
                ("cost_micro_dollars", usage.costMicroDollars.map { .int(Int64($0)) } ?? .null),
            ]
        case .said(let words): return entry("said", words)
        case .notice(let text): return entry("notice", text)
        case .problem(let text): return entry("problem", text)
        }
    }

    /// Longer details are cut in the pane; the log has them whole.
    private static let detailLimitBytes = 400

    /// Empty for what is of no interest to a reader.
    package static func line(for event: AgentEvent) -> String {
        switch event {
        case .session, .usage: ""
        case .model(let name): "· model \(name)"
        case .text(let text): Printable.text(text)
        case .tool(let name, let detail): "▸ \(name) \(short(detail))"
        case .toolFailed(let name, let detail): "✗ \(name) \(short(detail))"
        case .denied(let what): "⊘ refused: \(short(what))"
        case .said(let words): "» \(Printable.text(words))"
        case .notice(let text): "· \(short(text))"
        case .problem(let text): "! \(short(text))"
        }
    }

    private static func short(_ text: String) -> String {
        Printable.text(text.firstLine).clipped(toBytes: detailLimitBytes)
    }
}
