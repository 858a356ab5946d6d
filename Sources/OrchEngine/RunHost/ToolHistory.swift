import OrchCore

/// What an attempt did with its tools, so that the next one need not find all of it out again.
enum ToolHistory {
    /// How many of its last calls are told.
    static let callLimit = 40
    /// How much of a log is read for them.
    static let logLimitBytes = 8 << 20

    /// - Parameter log: the attempt's `events.ndjson`.
    static func text(of log: String) -> String {
        let calls = log.split(separator: "\n").compactMap { line -> String? in
            switch RecordedEvent(line: String(line))?.event {
            case .tool(let name, let detail): "- \(name) \(detail.firstLine)"
            case .toolFailed(let name, let detail): "  \(name) failed: \(detail.firstLine)"
            default: nil
            }
        }
        return calls.suffix(callLimit).joined(separator: "\n")
    }
}
