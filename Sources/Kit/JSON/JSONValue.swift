/// A JSON value, RFC 8259.
///
/// A number written without fraction and exponent is an `int` where it fits; every other is a `double`.
/// The two are different values: 1 is not 1.0.
package enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

// MARK: - Looking inside

extension JSONValue {
    package var isNull: Bool { self == .null }

    /// nil for anything but true and false.
    package var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// nil for anything but an `int`: 1.0 is none.
    package var int: Int? {
        guard case .int(let value) = self else { return nil }
        return Int(exactly: value)
    }

    /// The number, whichever way it is written; an integer beyond 2^53 is rounded.
    package var double: Double? {
        switch self {
        case .double(let value): value
        case .int(let value): Double(value)
        default: nil
        }
    }

    /// nil for anything but a string.
    package var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// nil for anything but an array.
    package var array: [JSONValue]? {
        guard case .array(let value) = self else { return nil }
        return value
    }

    /// nil for anything but an object.
    package var object: JSONObject? {
        guard case .object(let value) = self else { return nil }
        return value
    }

    /// The member of that name; null where there is none or this is no object, so that a path of
    /// subscripts ends in null wherever it leaves the document. `object?[name]` tells null from absent.
    package subscript(_ name: String) -> JSONValue {
        guard case .object(let members) = self else { return .null }
        return members[name] ?? .null
    }

    /// The element at that place; null where there is none or this is no array.
    package subscript(_ index: Int) -> JSONValue {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return .null }
        return elements[index]
    }
}

// MARK: - Literals

// There is no nil literal on purpose: in `value["a"] == nil` it would be taken for Optional's.

extension JSONValue: ExpressibleByBooleanLiteral {
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSONValue: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int64) { self = .int(value) }
}

extension JSONValue: ExpressibleByFloatLiteral {
    package init(floatLiteral value: Double) { self = .double(value) }
}

extension JSONValue: ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { self = .string(value) }
}

extension JSONValue: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral members: (String, JSONValue)...) { self = .object(JSONObject(members)) }
}
