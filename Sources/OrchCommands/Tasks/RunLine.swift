import OrchCore

/// One run in a line.
struct RunLine {
    let run: Run
    let now: Timestamp

    /// `run 17, attempt 2 by claude (opus): in_review after 3m 20s, 12,345 tokens, $0.42`.
    func head(_ terminal: TerminalStyle) -> String {
        let model = run.model.map { " (\($0.onOneLine))" } ?? ""
        return "run \(run.id.rawValue), attempt \(run.attempt) by \(run.agent)\(model): "
            + ([ending(terminal)] + consumption).joined(separator: ", ")
    }

    /// Why it ended as it did; empty after plain success.
    var message: String { (run.outcome?.message ?? "").onOneLine }

    private func ending(_ terminal: TerminalStyle) -> String {
        guard let outcome = run.outcome, let ended = run.endedAt else {
            return terminal.yellow("\(run.state.rawValue) for \(now.since(run.startedAt).brief)")
        }
        let word = outcome.failure?.word ?? outcome.status.rawValue
        let look: TextTable.Look = outcome.failure == nil ? outcome.status.look : .red
        return terminal.shown(word, look) + " after \(ended.since(run.startedAt).brief)"
    }

    private var consumption: [String] {
        var parts: [String] = []
        if run.usage.totalTokens > 0 { parts.append("\(Self.grouped(run.usage.totalTokens)) tokens") }
        if let cost = run.usage.costMicroDollars { parts.append(Usage.dollars(cost)) }
        return parts
    }

    /// `12,345`.
    static func grouped(_ number: Int) -> String {
        var groups = ""
        for (place, digit) in String(number.magnitude).reversed().enumerated() {
            if place > 0, place.isMultiple(of: 3) { groups.append(",") }
            groups.append(digit)
        }
        return (number < 0 ? "-" : "") + String(groups.reversed())
    }
}
