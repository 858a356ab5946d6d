import Arguments

/// The keys as a tree: what may stand below a key, and which rows end there.
final class ConfigShape: Sendable {
    /// nil for a section.
    let key: ConfigKey?
    let children: [String: ConfigShape]
    /// The names of the children, as in the table.
    let order: [String]
    /// What stands below any name of the user's own; nil where all names are ours.
    let below: ConfigShape?
    let placeholder: ConfigKey.Placeholder?

    /// A row by its place in the table: rows are large, and copying them about was most of the work.
    private typealias Row = (parts: [String], place: Int)

    convenience init(of keys: [ConfigKey]) {
        self.init(keys, keys.indices.map { (keys[$0].parts, $0) }, depth: 0)
    }

    /// - Parameter rows: those whose first `depth` parts lead here.
    private init(_ table: [ConfigKey], _ rows: [Row], depth: Int) {
        var groups: [(name: String, rows: [Row])] = []
        var places: [String: Int] = [:]
        for row in rows where row.parts.count > depth {
            let part = row.parts[depth]
            if let place = places[part] {
                groups[place].rows.append(row)
            } else {
                places[part] = groups.count
                groups.append((part, [row]))
            }
        }
        let own = groups.first { ConfigKey.Placeholder(rawValue: $0.name) != nil }
        let ours = groups.filter { ConfigKey.Placeholder(rawValue: $0.name) == nil }
        key = rows.first { $0.parts.count == depth }.map { table[$0.place] }
        children = Dictionary(
            uniqueKeysWithValues: ours.map { ($0.name, ConfigShape(table, $0.rows, depth: depth + 1)) })
        order = ours.map(\.name)
        below = own.map { ConfigShape(table, $0.rows, depth: depth + 1) }
        placeholder = own.flatMap { ConfigKey.Placeholder(rawValue: $0.name) }
    }

    /// What stands below `name`; nil for an unknown one.
    func child(_ name: String) -> ConfigShape? {
        if let child = children[name] { return child }
        return placeholder?.allows(name) == true ? below : nil
    }

    /// Whether `name` fills a placeholder.
    func isOwn(_ name: String) -> Bool { children[name] == nil }

    /// What may stand below: our names, then the placeholder for those of the user's own.
    var names: [String] { order + (placeholder.map { [$0.rawValue] } ?? []) }

    /// This row and all below it.
    var keys: [ConfigKey] {
        (key.map { [$0] } ?? []) + order.flatMap { children[$0]?.keys ?? [] } + (below?.keys ?? [])
    }

    /// The row at the end of a path, with the names that stand for its placeholders.
    func find(_ parts: some Sequence<String>) -> (shape: ConfigShape, names: [String])? {
        var (shape, names) = (self, [String]())
        for part in parts {
            guard let child = shape.child(part) else { return nil }
            if shape.isOwn(part) { names.append(part) }
            shape = child
        }
        return (shape, names)
    }

    /// The key that was probably meant by one that does not exist: a sibling that is spelled alike, else
    /// the same name elsewhere.
    static func suggestion(for name: String, in section: [String]) -> String? {
        if let shape = ConfigTable.shape.find(section)?.shape,
            let sibling = Suggestion.closest(to: name, in: shape.order.sorted())
        {
            return (section + [sibling]).joined(separator: ".")
        }
        return ConfigTable.keys.first { $0.parts.last == name }?.path
    }
}
