/// One step from a node to a child of it: a mapping's key or a sequence's index.
///
/// Both are literals, so a path reads `["jobs", 0, "schedule"]`.
package enum PathStep: Hashable, Sendable {
    /// The value under this key. A key that is no string (`8080:`, `true:`) is named by its text.
    case key(String)
    /// The item at this index, counted from 0.
    case index(Int)
}

extension PathStep: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    package init(stringLiteral value: String) { self = .key(value) }
    package init(integerLiteral value: Int) { self = .index(value) }
}

extension [PathStep] {
    /// The path as a person writes it: `jobs[0].schedule`; the empty path is “the document”.
    var written: String {
        var text = ""
        for step in self {
            switch step {
            case .key(let key): text += text.isEmpty ? key : ".\(key)"
            case .index(let index): text += "[\(index)]"
            }
        }
        return text.isEmpty ? "the document" : text
    }
}
