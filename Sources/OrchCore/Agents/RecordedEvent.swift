package import JSON

/// One line of an attempt's `events.ndjson`, read back.
package struct RecordedEvent: Equatable, Sendable {
    package let at: Timestamp?
    package let event: AgentEvent

    /// - Returns: nil for what is no event: notes of the host's own, a line of a newer orch, half a line.
    package init?(line: String) {
        // What is no JSON is no event.
        guard let fields = try? JSONValue(parsing: line) else { return nil }
        self.init(fields)
    }

    /// The same of a line that is parsed already.
    package init?(_ fields: JSONValue) {
        guard let event = EventImage.event(of: fields) else { return nil }
        at = fields["at"].string.flatMap { Timestamp(iso8601: $0) }
        self.event = event
    }

    /// As the pane shows it, safe for any terminal; empty for what is of no interest to a reader.
    package var text: String { Printable.text(EventImage.line(for: event)) }
}

extension EventImage {
    /// The inverse of `fields(of:)`.
    static func event(of fields: JSONValue) -> AgentEvent? {
        let text = fields["text"].string ?? ""
        let tool = fields["tool"].string ?? ""
        switch fields["kind"].string {
        case "session": return .session(text)
        case "model": return .model(text)
        case "text": return .text(text)
        case "tool": return .tool(name: tool, detail: text)
        case "tool_failed": return .toolFailed(name: tool, detail: text)
        case "denied": return .denied(text)
        case "usage":
            return .usage(
                Usage(
                    inputTokens: fields["input_tokens"].int ?? 0,
                    outputTokens: fields["output_tokens"].int ?? 0,
                    costMicroDollars: fields["cost_micro_dollars"].int))
        case "said": return .said(text)
        case "notice": return .notice(text)
        case verdictKind: return .notice("ending the agent: \(text)")
        case "problem": return .problem(text)
        default: return nil
        }
    }
}
