/// What orch reads from and writes into a task's labels; names and prefixes are v0's.
package enum Labels {
    package static let agentPrefix = "agent:"
    package static let modelPrefix = "model:"
    package static let complexityPrefix = "complexity:"
    package static let jobPrefix = "job:"
    /// Made by a job.
    package static let scheduled = "scheduled"
    package static let rolePrefix = "role:"
    /// A skill that the agent of this task is given.
    package static let skillPrefix = "skill:"
    /// A person keeps this task from agents.
    package static let noAgent = "no-agent"
    /// A planning task: its answer may ask for children.
    package static let plan = "plan"
    package static let blocked = "blocked"
    /// A task whose result is words: done without a commit.
    package static let noCode = "no-code"
    package static let hasError = "has-error"

    /// What a plan may ask for its parts: not to plan themselves, or plans would multiply, and nothing that
    /// keeps them from being done or says where they stand.
    package static func delegated(_ labels: [String]) -> [String] {
        labels.filter {
            isValid($0) && !$0.hasPrefix(TaskStatus.labelPrefix)
                && ![plan, noAgent, blocked, hasError].contains($0)
        }
    }

    /// The first value behind `prefix`; nil where no label has it.
    package static func value(of prefix: String, in labels: [String]) -> String? {
        labels.first { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }

    /// Every status that the labels show; on a tracker, a person may well add one
    /// and leave the old one there.
    package static func statuses(in labels: [String]) -> [TaskStatus] {
        labels.filter { $0.hasPrefix(TaskStatus.labelPrefix) }
            .compactMap { TaskStatus(rawValue: String($0.dropFirst(TaskStatus.labelPrefix.count))) }
    }

    package static func status(in labels: [String]) -> TaskStatus? {
        value(of: TaskStatus.labelPrefix, in: labels).flatMap(TaskStatus.init)
    }

    package static func complexity(in labels: [String]) -> Complexity? {
        value(of: complexityPrefix, in: labels).flatMap(Complexity.init)
    }

    /// `labels` with every `prefix` label replaced by the one for `value`; nil only removes.
    package static func replacing(_ prefix: String, with value: String?, in labels: [String]) -> [String] {
        let others = labels.filter { !$0.hasPrefix(prefix) }
        guard let value else { return others }
        return others + [prefix + value]
    }

    /// Whether orch may write this label.
    package static func isValid(_ label: String) -> Bool { complaint(about: label) == nil }

    /// Why orch may not write this label, as the end of a sentence; nil: it may.
    ///
    /// Reserved prefixes take only values that mean something: `status:` v0's seven, `complexity:` its three,
    /// `agent:` and `role:` a plain word, `model:` any text without spaces. Others are the user's.
    package static func complaint(about label: String) -> String? {
        if label.isEmpty { return "is empty" }
        let length = label.unicodeScalars.count
        if length > lengthLimit { return "has \(length) characters; GitHub takes \(lengthLimit)" }
        func value(_ prefix: String) -> String? { self.value(of: prefix, in: [label]) }
        if let word = value(TaskStatus.labelPrefix), TaskStatus(rawValue: word) == nil {
            return "names no status: there are \(TaskStatus.allCases.map(\.rawValue).joined(separator: ", "))"
        }
        if let word = value(complexityPrefix), Complexity(rawValue: word) == nil {
            return "names no level: there are \(Complexity.allCases.map(\.rawValue).joined(separator: ", "))"
        }
        if let word = value(agentPrefix) ?? value(rolePrefix), AgentName(word) == nil {
            return "takes a word of a-z, 0-9, - and _ that starts with a letter"
        }
        if let word = value(modelPrefix), !isVisible(word.utf8) {
            return "takes a model's name without spaces"
        }
        return nil
    }

    /// Printable ASCII without spaces, at least one of it.
    private static func isVisible(_ text: String.UTF8View) -> Bool {
        !text.isEmpty && text.allSatisfy { (UInt8(ascii: "!")...UInt8(ascii: "~")).contains($0) }
    }

    /// GitHub refuses label names over 50 characters.
    private static let lengthLimit = 50
}
