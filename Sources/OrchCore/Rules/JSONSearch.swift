package import JSON

/// JSON objects inside of text that people and models write around them.
package enum JSONSearch {
    /// An answer is flat; deeper text is no answer, and would be parsed again from each of its braces.
    private static let limits = JSONLimits(depth: 32, bytes: AnswerReading.limitBytes)
    /// Braces at which an object is looked for.
    private static let attemptLimit = 2000
    /// A wrapping in a wrapping in a wrapping.
    private static let wrappingLimit = 3

    /// The outermost objects of a text in their order; of a wrapping (`{"result": …}`, a string of JSON),
    /// what is inside it instead.
    package static func objects(in text: [UInt8], limitBytes: Int) throws(AnswerError) -> [JSONObject] {
        guard text.count <= limitBytes else { throw .tooLarge(bytes: text.count) }
        return objects(in: text, wrappings: wrappingLimit)
    }

    private static func objects(in text: [UInt8], wrappings: Int) -> [JSONObject] {
        // A text that is JSON as a whole is not searched: braces in its strings belong to the strings.
        if let whole = try? JSONValue(parsing: text, limits: limits) {
            return unwrap(whole, wrappings: wrappings)
        }
        var found: [JSONObject] = []
        var position = 0
        var attempts = 0
        while attempts < attemptLimit, let brace = text[position...].firstIndex(of: UInt8(ascii: "{")) {
            attempts += 1
            do {
                // From a slice: an error counts lines up to its place, which would be the whole text at
                // each brace.
                let (value, length) = try JSONValue.parsePrefix(of: text[brace...], limits: limits)
                found += unwrap(value, wrappings: wrappings)
                position = brace + length
            } catch {
                // A torn object: what is whole inside it (a child task, say) is a part, and would be taken
                // for the answer.
                if error.reason == .unexpectedEnd { break }
                position = brace + 1
            }
        }
        return found
    }

    private static func unwrap(_ value: JSONValue, wrappings: Int) -> [JSONObject] {
        switch value {
        case .string(let text):
            return wrappings > 0 ? objects(in: Array(text.utf8), wrappings: wrappings - 1) : []
        case .array(let values): return values.flatMap { unwrap($0, wrappings: wrappings) }
        case .object(let object):
            guard wrappings > 0, object["status"] == nil, let inside = object["result"] else {
                return [object]
            }
            return unwrap(inside, wrappings: wrappings - 1)
        default: return []
        }
    }
}
