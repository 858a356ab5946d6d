// A value to write reads like the YAML it becomes: `["schedule": "0 9 * * *", "agents": [1, 2]]`.

extension Node: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self.init(.string(value)) }
}

extension Node: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int) { self.init(.int(value)) }
}

extension Node: ExpressibleByFloatLiteral {
    package init(floatLiteral value: Double) { self.init(.float(value)) }
}

extension Node: ExpressibleByBooleanLiteral {
    package init(booleanLiteral value: Bool) { self.init(.bool(value)) }
}

extension Node: ExpressibleByNilLiteral {
    package init(nilLiteral: ()) { self.init(.null) }
}

extension Node: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: Node...) { self.init(.sequence(elements)) }
}

extension Node: ExpressibleByDictionaryLiteral {
    /// The order is kept; the caller sees to it that keys differ.
    package init(dictionaryLiteral elements: (Node, Node)...) {
        self.init(.mapping(elements.map { Entry(key: $0.0, value: $0.1) }))
    }
}
