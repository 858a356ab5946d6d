/// A text with places to fill in.
///
/// - `{{NAME}}` stands for the value of that name. Space within the braces does not count.
/// - `{{#if NAME}}` … `{{else}}` … `{{/if}}` keeps the first part when the value is there and not empty,
///   else the second, which may be missing. They nest.
/// - A line that holds one of these three tags and nothing else but space vanishes with its line break.
/// - `{{{{` stands for two braces that begin no tag. Closing braces outside of a tag are plain text.
///
/// Names are made of `A-Z`, `_` and, not in the first place, `0-9`. What a value holds is never looked at:
/// braces in it come out as they are.
package struct TemplateText: Sendable {
    /// Every name the template asks for, in a condition or in a place to fill in.
    package let variables: Set<String>
    private let nodes: [TemplateNode]

    package init(_ source: String) throws(TemplateError) {
        var parser = TemplateParser()
        nodes = try parser.parse(TemplateScanner.tokens(of: source))
        variables = parser.variables
    }

    /// The text with its places filled in. Values nobody asks for are ignored; see `variables`.
    ///
    /// - Throws: `unknownVariable` for a place in a part that is kept and whose name has no value. In a
    ///   condition a name without a value is false.
    package func render(_ values: [String: String]) throws(TemplateError) -> String {
        var output = ""
        try Self.append(nodes, values, to: &output)
        return output
    }

    private static func append(
        _ nodes: [TemplateNode], _ values: [String: String], to output: inout String
    ) throws(TemplateError) {
        for node in nodes {
            switch node {
            case .text(let text): output += text
            case .variable(let name, let line):
                guard let value = values[name] else { throw .unknownVariable(name, line: line) }
                output += value
            case .condition(let name, let then, let otherwise):
                let isTrue = values[name, default: ""] != ""
                try append(isTrue ? then : otherwise, values, to: &output)
            }
        }
    }
}

/// A part of a template.
enum TemplateNode: Sendable {
    case text(String)
    case variable(String, line: Int)
    indirect case condition(String, then: [TemplateNode], otherwise: [TemplateNode])
}
