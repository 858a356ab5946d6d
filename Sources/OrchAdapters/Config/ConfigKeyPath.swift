import OrchCore
import YAML

/// A key as a person types it, `workflow.max_attempts` or v0's `.workflow.max_attempts`, found in the table.
struct ConfigKeyPath {
    let parts: [String]
    let key: ConfigKey
    let names: [String]

    var steps: [PathStep] { parts.map { .key($0) } }

    init(_ written: String) throws(ConfigError) {
        let parts = Self.parts(of: written)
        guard let (shape, names) = ConfigTable.shape.find(parts), let key = shape.key else {
            throw ConfigError([Self.unknown(parts)])
        }
        self.parts = parts
        self.key = key
        self.names = names
    }

    static func parts(of written: String) -> [String] {
        // By bytes: this is done for every row of the table at every start.
        written.utf8.split(separator: UInt8(ascii: ".")).map { String(Substring($0)) }
    }

    /// What is wrong with a key that a person typed.
    static func unknown(_ parts: [String]) -> ConfigProblem {
        let section = ConfigTable.shape.find(parts)?.shape
        return ConfigProblem(
            .error, at: .argument("KEY"), key: parts.joined(separator: "."),
            problem: section == nil ? "there is no such key" : "this is a section, not a key",
            fix: section.map { "name a key in it: \($0.names.joined(separator: ", "))" } ?? fix(for: parts))
    }

    private static func fix(for parts: [String]) -> String {
        if let placeholder = parts.lazy.compactMap(ConfigKey.Placeholder.init).first {
            return "write \(placeholder.words), in place of `\(placeholder.rawValue)`"
        }
        let meant = ConfigShape.suggestion(for: parts.last ?? "", in: Array(parts.dropLast()))
        return meant.map { "did you mean `\($0)`?" } ?? "see config.example.yml for all keys"
    }

    /// The value that `text` stands for, checked as it would be when read.
    func value(_ text: String) throws(ConfigError) -> Node {
        let node = isText ? Node.string(text) : Self.node(text)
        try check(node)
        return node
    }

    /// Whether a text of any form is meant: `sync: me` is a label, and no mapping.
    private var isText: Bool { key.standard.map { $0.string != nil } ?? true }

    /// What is no YAML, as a text that contains `: `, means itself.
    private static func node(_ text: String) -> Node { (try? Node.parse(text)) ?? .string(text) }

    private func check(_ node: Node) throws(ConfigError) {
        // Variables are looked up when the file is read, maybe on another machine: here they stand for
        // themselves.
        var decoder = ConfigDecoder(unexpanded: .argument("VALUE"))
        var settings = Settings()
        decoder.path = parts
        key.apply(node, names, to: &settings, &decoder)
        let errors = decoder.problems.filter { $0.severity == .error }
        if !errors.isEmpty { throw ConfigError(errors) }
    }
}
