/// What is wrong with a template, and in which of its lines, counted from 1.
package enum TemplateError: Error, Hashable {
    /// A tag that is none of those there are, or whose name is none.
    case invalidTag(String, line: Int)
    /// `{{` without `}}` on the same line.
    case unclosedTag(line: Int)
    /// `{{#if}}` without `{{/if}}`; the line is that of the `{{#if}}`.
    case unclosedIf(String, line: Int)
    /// `{{else}}` outside of a condition, or the second of one.
    case strayElse(line: Int)
    /// `{{/if}}` without `{{#if}}`.
    case strayEndIf(line: Int)
    case tooDeep(limit: Int, line: Int)
    /// A place to fill in without a value to fill it with; known only when the template is rendered.
    case unknownVariable(String, line: Int)
}

extension TemplateError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidTag(let tag, let line): "line \(line): “{{\(tag)}}” is no tag"
        case .unclosedTag(let line): "line \(line): “{{” without “}}”"
        case .unclosedIf(let name, let line): "line \(line): “{{#if \(name)}}” without “{{/if}}”"
        case .strayElse(let line): "line \(line): “{{else}}” without “{{#if …}}”"
        case .strayEndIf(let line): "line \(line): “{{/if}}” without “{{#if …}}”"
        case .tooDeep(let limit, let line): "line \(line): more than \(limit) conditions inside one another"
        case .unknownVariable(let name, let line): "line \(line): there is no “\(name)”"
        }
    }
}
