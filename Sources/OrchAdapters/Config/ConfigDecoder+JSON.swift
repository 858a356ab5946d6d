import JSON
import YAML

extension ConfigDecoder {
    /// The same value in JSON; nil and a problem where JSON has no such value.
    mutating func json(_ node: Node) -> JSONValue? {
        switch node.content {
        case .null: return .null
        case .bool(let bool): return .bool(bool)
        case .int(let int): return .int(Int64(int))
        case .float(let float): return .double(float)
        case .string: return text(node, expected: "text").map { .string($0) }
        case .sequence(let items):
            let values = items.compactMap { json($0) }
            return values.count == items.count ? .array(values) : nil
        case .mapping(let entries): return object(entries)
        }
    }

    private mutating func object(_ entries: [Node.Entry]) -> JSONValue? {
        var object = JSONObject()
        for entry in entries {
            guard let name = entry.key.text else {
                refuse(entry.key, "a key is no text", fix: "write `key: value`")
                continue
            }
            object[name] = json(entry.value)
        }
        return object.count == entries.count ? .object(object) : nil
    }
}

extension JSONValue {
    /// Objects member by member, all else replaced: how a project's file is laid over the global one.
    func overlaid(with other: JSONValue) -> JSONValue {
        guard var merged = object, let members = other.object else { return other }
        for (name, value) in members { merged[name] = merged[name]?.overlaid(with: value) ?? value }
        return .object(merged)
    }
}
