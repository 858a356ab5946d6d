/// A template as v0 fills it in: `{{NAME}}` stands for a variable, empty where there is none, and
/// `{{#if NAME}} … {{/if}}` for its middle where the variable holds more than white space.
struct V0Template {
    private let source: String

    init(_ source: String) { self.source = source }

    /// Innermost conditions first, so that they nest. What a value holds is never looked at.
    func render(_ values: [String: String]) -> String {
        var text = source[...]
        while let end = text.firstRange(of: "{{/if}}"),
            let start = text[..<end.lowerBound].ranges(of: "{{#if ").last,
            let close = text[start.upperBound..<end.lowerBound].firstRange(of: "}}")
        {
            let name = String(text[start.upperBound..<close.lowerBound].trimmingWhitespace())
            let isKept = !(values[name] ?? "").allSatisfy(\.isWhitespace)
            let middle = isKept ? text[close.upperBound..<end.lowerBound] : ""
            text = text[..<start.lowerBound] + middle + text[end.upperBound...]
        }
        return filled(text, values)
    }

    private func filled(_ text: Substring, _ values: [String: String]) -> String {
        var output = ""
        var rest = text
        while let open = rest.firstRange(of: "{{") {
            output += rest[..<open.lowerBound]
            let name = rest[open.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            let behind = rest[name.endIndex...]
            if !name.isEmpty, behind.hasPrefix("}}") {
                output += values[String(name)] ?? ""
                rest = behind.dropFirst(2)
            } else {
                output += "{{"
                rest = rest[open.upperBound...]
            }
        }
        return output + rest
    }
}
