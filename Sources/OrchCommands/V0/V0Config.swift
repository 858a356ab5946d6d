import OrchAdapters
import Platform
import YAML

/// A configuration file as v0 reads it: whatever stands there, of whatever keys.
struct V0Config {
    private static let limitBytes = 1 << 20

    /// nil where there is no file.
    let root: Node?

    /// A file that is no YAML counts as empty: v0's functions go on with their defaults then.
    init(path: String) {
        let bytes = try? WholeFile.readIfPresent(path, limitBytes: Self.limitBytes)
        root = bytes.map { (try? Node.parse(bytes: $0)) ?? .null }
    }

    private func node(_ key: String) -> Node? {
        root?.at(key.split(separator: ".").map { .key(String($0)) })
    }

    /// nil where there is none, or an empty one.
    func text(_ key: String) -> String? {
        node(key).flatMap { $0.isNull ? nil : $0.text }.flatMap { $0.isEmpty ? nil : $0 }
    }

    func list(_ key: String) -> [String] { (node(key)?.sequence ?? []).compactMap(\.text) }

    func keys(_ key: String) -> [String] { (node(key)?.mapping ?? []).compactMap(\.key.text) }

    func flag(_ key: String) -> Bool { node(key)?.bool ?? false }
}
