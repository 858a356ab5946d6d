package import JSON

/// Reads the lines of an `events.ndjson` in their order, as all who look on at a run are shown them: the
/// pane's words, safe for a terminal, without a secret even where that is torn between two events.
package struct EventReading: Sendable {
    private var redaction: StreamRedaction

    package init(_ redaction: Redaction) { self.redaction = StreamRedaction(redaction) }

    /// - Returns: nil for what is no JSON object, as half a line is.
    package mutating func read(_ line: String) -> ShownEvent? {
        guard case .object(var fields)? = try? JSONValue(parsing: line) else { return nil }
        if let text = fields["text"]?.string {
            fields["text"] = .string(redaction.apply(to: Printable.text(text)))
        }
        return ShownEvent(fields: fields)
    }
}

/// One line of a run's log, ready to be shown.
package struct ShownEvent: Sendable {
    /// The line's own members.
    package let fields: JSONObject
    /// As the pane shows it; empty for what is of no interest to a reader.
    package let text: String

    fileprivate init(fields: JSONObject) {
        self.fields = fields
        text = RecordedEvent(.object(fields))?.text ?? ""
    }

    package var kind: String { fields["kind"]?.string ?? "" }
}
