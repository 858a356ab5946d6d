import OrchCore
package import YAML

/// A row of the table of all keys: how a key is called, what it means, and which setting it is.
///
/// Reading, `orch config`, the check of `config.example.yml` and the documentation all go by these rows.
package struct ConfigKey: Sendable {
    /// `workflow.max_attempts`. A part in capitals is the user's to choose, see ``Placeholder``:
    /// `agents.AGENT.command`.
    package let path: String
    /// What may be written: “a whole number from 1 to 1000”.
    package var kind: String { words() }
    /// What it does, in one sentence.
    package let summary: String
    /// False for v0's keys that have no effect any more; they are checked all the same.
    package let isObeyed: Bool
    /// False where the value is another program's, which has its own variables.
    let isExpanded: Bool
    private let words: @Sendable () -> String
    private let assign:
        @Sendable (_ node: Node, _ names: [String], inout Settings, inout ConfigDecoder) -> Void
    /// The value in effect; nil where nothing is set under these names.
    let read: @Sendable (_ settings: Settings, _ names: [String]) -> Node?
    /// The names that have a value, each as long as the path has placeholders.
    let names: @Sendable (_ settings: Settings) -> [[String]]

    /// A part of a path that the user chooses.
    enum Placeholder: String, CaseIterable, Sendable {
        case agent = "AGENT"
        case sink = "SINK"
        case variable = "VARIABLE"
        case person = "PERSON"

        /// More digits than any service's numbers have.
        private static let digitLimit = 20

        func allows(_ name: String) -> Bool {
            switch self {
            case .agent, .sink: AgentName(name) != nil
            case .variable: VariableExpansion.isName(name)
            case .person:
                (1...Self.digitLimit).contains(name.utf8.count)
                    && name.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            }
        }

        var words: String {
            switch self {
            case .agent: AgentName.words
            case .sink: "a sink’s name: 1 to 32 of a-z, 0-9, - and _, a letter first"
            case .variable: "a variable’s name: letters, digits and _, no digit first"
            case .person: "a person’s number on the service, digits alone: names can be taken by others"
            }
        }
    }

    package var parts: [String] { ConfigKeyPath.parts(of: path) }

    /// The default, as it would be written.
    package var standard: Node? { read(Settings(), Array(repeating: "claude", count: placeholderCount)) }

    /// Sets it, or sets it back to the default where the node is null.
    /// - Parameter names: what stands for the placeholders.
    func apply(
        _ node: Node, _ names: [String], to settings: inout Settings, _ decoder: inout ConfigDecoder
    ) {
        assign(node, names, &settings, &decoder)
    }

    /// The paths that can be typed, with these agents for the placeholder; none where another part is the
    /// user's to make up.
    package func paths(agents: [String]) -> [String] {
        let made = [Placeholder.variable, .sink, .person].map(\.rawValue)
        guard !parts.contains(where: made.contains) else { return [] }
        guard parts.contains(Placeholder.agent.rawValue) else { return [path] }
        return agents.map { agent in
            parts.map { $0 == Placeholder.agent.rawValue ? agent : $0 }.joined(separator: ".")
        }
    }

    var placeholderCount: Int { parts.count { Placeholder(rawValue: $0) != nil } }
}

// Kinds and key paths are made when a key is used: to make them for all rows took 0.6 ms of every start, and
// a file names a few keys only.

extension ConfigKey {
    /// A key that is a field of the settings, whose default stands there.
    init<Value>(
        _ path: String, _ kind: @autoclosure @escaping @Sendable () -> ConfigKind<Value>,
        _ field: @autoclosure @escaping @Sendable () -> any WritableKeyPath<Settings, Value> & Sendable,
        _ summary: String, isExpanded: Bool = true
    ) {
        self.path = path
        words = { kind().words }
        self.summary = summary
        isObeyed = true
        self.isExpanded = isExpanded
        assign = { node, _, settings, decoder in
            if node.isNull {
                settings[keyPath: field()] = Settings()[keyPath: field()]
            } else if let value = kind().read(node, &decoder) {
                settings[keyPath: field()] = value
            }
        }
        read = { settings, _ in kind().write(settings[keyPath: field()]) }
        names = { _ in [[]] }
    }

    /// A key below `agents.AGENT`.
    init<Value>(
        agent path: String, _ kind: @autoclosure @escaping @Sendable () -> ConfigKind<Value>,
        _ field: @autoclosure @escaping @Sendable () -> any WritableKeyPath<AgentSettings, Value> & Sendable,
        _ summary: String
    ) {
        self.path = "agents.AGENT.\(path)"
        words = { kind().words }
        self.summary = summary
        isObeyed = true
        isExpanded = true
        assign = { node, names, settings, decoder in
            guard let agent = names.first.flatMap(AgentName.init) else { return }
            if node.isNull {
                settings.agents[agent, default: AgentSettings()][keyPath: field()] =
                    AgentSettings()[keyPath: field()]
            } else if let value = kind().read(node, &decoder) {
                settings.agents[agent, default: AgentSettings()][keyPath: field()] = value
            }
        }
        read = { settings, names in
            guard let agent = names.first.flatMap(AgentName.init) else { return nil }
            return kind().write((settings.agents[agent] ?? AgentSettings())[keyPath: field()])
        }
        names = { settings in settings.agents.keys.sorted().map { [$0.rawValue] } }
    }

    /// An entry of a dictionary in the settings, under a name of the user's own or one of ours.
    ///
    /// - Parameter entry: what the names stand for; nil removes it.
    init<Value>(
        entry path: String, _ kind: @autoclosure @escaping @Sendable () -> ConfigKind<Value>,
        _ entry: @autoclosure @escaping @Sendable () -> Entry<Value>, _ summary: String,
        isExpanded: Bool = true
    ) {
        self.path = path
        words = { kind().words }
        self.summary = summary
        isObeyed = true
        self.isExpanded = isExpanded
        assign = { node, names, settings, decoder in
            if node.isNull {
                entry().set(&settings, names, nil)
            } else if let value = kind().read(node, &decoder) {
                entry().set(&settings, names, value)
            }
        }
        read = { settings, names in entry().get(settings, names).map(kind().write) }
        names = { entry().names($0) }
    }

    struct Entry<Value>: Sendable {
        let get: @Sendable (Settings, [String]) -> Value?
        let set: @Sendable (inout Settings, [String], Value?) -> Void
        let names: @Sendable (Settings) -> [[String]]
    }

    /// A key of v0's that has no effect here.
    init<Value>(
        retired path: String, _ kind: @autoclosure @escaping @Sendable () -> ConfigKind<Value>,
        standard: @autoclosure @escaping @Sendable () -> Node, _ summary: String
    ) {
        self.path = path
        words = { kind().words }
        self.summary = summary
        isObeyed = false
        isExpanded = true
        assign = { node, _, _, decoder in
            if !node.isNull { _ = kind().read(node, &decoder) }
        }
        read = { _, _ in standard() }
        names = { _ in [[]] }
    }
}

extension ConfigKey: CustomStringConvertible {
    package var description: String { path }
}
