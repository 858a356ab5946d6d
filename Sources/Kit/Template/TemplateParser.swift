/// Puts tags that belong together into conditions.
struct TemplateParser {
    /// How many conditions may stand inside one another. Rendering recurses.
    static let depthLimit = 64

    private(set) var variables: Set<String> = []

    /// A condition whose `{{/if}}` has not come yet.
    private struct OpenCondition {
        let name: String
        let line: Int
        var then: [TemplateNode] = []
        var otherwise: [TemplateNode] = []
        var hasElse = false

        mutating func append(_ node: TemplateNode) {
            if hasElse { otherwise.append(node) } else { then.append(node) }
        }
    }

    private var nodes: [TemplateNode] = []
    private var open: [OpenCondition] = []

    mutating func parse(_ tokens: [TemplateToken]) throws(TemplateError) -> [TemplateNode] {
        for token in tokens { try take(token) }
        if let condition = open.last { throw .unclosedIf(condition.name, line: condition.line) }
        return nodes
    }

    private mutating func take(_ token: TemplateToken) throws(TemplateError) {
        switch token {
        case .text(let text): append(.text(text))
        case .variable(let name, let line):
            variables.insert(name)
            append(.variable(name, line: line))
        case .startIf(let name, let line):
            guard open.count < Self.depthLimit else { throw .tooDeep(limit: Self.depthLimit, line: line) }
            variables.insert(name)
            open.append(OpenCondition(name: name, line: line))
        case .otherwise(let line):
            guard let last = open.indices.last, !open[last].hasElse else { throw .strayElse(line: line) }
            open[last].hasElse = true
        case .endIf(let line):
            guard let ended = open.popLast() else { throw .strayEndIf(line: line) }
            append(.condition(ended.name, then: ended.then, otherwise: ended.otherwise))
        }
    }

    private mutating func append(_ node: TemplateNode) {
        guard let last = open.indices.last else { return nodes.append(node) }
        open[last].append(node)
    }
}
