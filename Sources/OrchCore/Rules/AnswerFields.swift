import JSON

/// The members of an answer. Only the status is strict: for the rest, a list given as a text and a number
/// given for a text are understood.
enum AnswerFields {
    /// Enough for people to read; more is cut.
    private static let textLimitBytes = 16 << 10
    private static let itemLimitBytes = 2 << 10
    private static let itemLimit = 200
    private static let delegationLimit = 50

    /// nil where the status is missing or none of the four.
    static func answer(_ object: JSONObject) -> AgentAnswer? {
        guard let word = object["status"]?.string,
            let status = AgentAnswer.Status(rawValue: word.trimmed.lowercased())
        else { return nil }
        var answer = AgentAnswer(status: status)
        answer.summary = text(object["summary"] ?? .null).clipped(toBytes: textLimitBytes)
        answer.reason = text(object["reason"] ?? .null).clipped(toBytes: textLimitBytes)
        answer.accomplished = list(object["accomplished"])
        answer.remaining = list(object["remaining"])
        answer.blockers = list(object["blockers"])
        let files = list(object["files_changed"])
        answer.filesChanged = files.isEmpty ? list(object["files"]) : files
        answer.needsHelp = flag(object["needs_help"])
        answer.delegations = (object["delegations"]?.array ?? []).prefix(delegationLimit).compactMap(
            delegation)
        return answer
    }

    /// Text as it is, nothing for null, the lines of a list, anything else as JSON.
    static func text(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .string(let text): String(text.trimmed)
        case .array(let values): values.map(text).joined(separator: "\n")
        default: value.text()
        }
    }

    /// The items of a list; the lines of a text, without what marks them as items.
    static func list(_ value: JSONValue?) -> [String] {
        let items: [String] =
            switch value {
            case .array(let values): values.map(text)
            case .string(let text): text.split(whereSeparator: \.isNewline).map { withoutBullet(String($0)) }
            case .int, .double: [text(value ?? .null)]
            default: []
            }
        return items.filter { !$0.isEmpty }.prefix(itemLimit).map { $0.clipped(toBytes: itemLimitBytes) }
    }

    private static func flag(_ value: JSONValue?) -> Bool {
        switch value {
        case .bool(let flag): flag
        case .int(let number): number != 0
        case .string(let word): ["true", "yes", "1"].contains(word.trimmed.lowercased())
        default: false
        }
    }

    /// A child task needs a title; a bare text is one.
    private static func delegation(_ value: JSONValue) -> AgentAnswer.Delegation? {
        let title = text(value.string.map(JSONValue.string) ?? value["title"]).firstLine
        guard !title.isEmpty else { return nil }
        var delegation = AgentAnswer.Delegation(title: title.clipped(toBytes: itemLimitBytes))
        delegation.body = text(value["body"]).clipped(toBytes: textLimitBytes)
        delegation.labels = list(value["labels"])
        delegation.suggestedAgent = value["suggested_agent"].string.flatMap {
            AgentName($0.trimmed.lowercased())
        }
        return delegation
    }

    private static func withoutBullet(_ line: String) -> String {
        let bare = line.trimmed
        return String(["- ", "* ", "• "].contains { bare.hasPrefix($0) } ? bare.dropFirst(2).trimmed : bare)
    }
}
