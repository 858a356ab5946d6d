package import JSON
package import YAML

extension Node {
    /// The same value as JSON; a key that is no text as it is written.
    package var json: JSONValue {
        switch content {
        case .null: .null
        case .bool(let bool): .bool(bool)
        case .int(let int): .int(Int64(int))
        case .float(let double): .double(double)
        case .string(let string): .string(string)
        case .sequence(let items): .array(items.map(\.json))
        case .mapping(let entries):
            .object(JSONObject(entries.map { ($0.key.text ?? $0.key.description, $0.value.json) }))
        }
    }

    package init(json value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool(let bool): self.init(.bool(bool))
        case .int(let int): self.init(.int(Int(int)))
        case .double(let double): self.init(.float(double))
        case .string(let string): self = .string(string)
        case .array(let items): self = .sequence(items.map { Node(json: $0) })
        case .object(let object):
            self = .mapping(object.map { Entry(key: .string($0.name), value: Node(json: $0.value)) })
        }
    }

    /// The value of a JSON text; null for one that is none.
    init(jsonText: String) {
        // Settings hold what was written as JSON by this program, or nothing.
        self = (try? JSONValue(parsing: jsonText)).map { Node(json: $0) } ?? .null
    }
}
