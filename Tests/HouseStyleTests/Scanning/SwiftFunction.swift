/// A function, initialiser, subscript or computed property, as far as its size is concerned.
struct SwiftFunction: Equatable, Sendable {
    let name: String
    /// Where its declaration begins, without comments and attributes on lines above.
    let firstLine: Int
    /// Where its last brace closes.
    let lastLine: Int
    let parameterCount: Int

    var lines: ClosedRange<Int> { firstLine...lastLine }
    var lineCount: Int { lines.count }

    /// The words that may begin one.
    static let introducers = ["func", "init", "subscript", "deinit", "var"]

    /// Those that begin at these places of the code (tokens without comments). A requirement of a protocol
    /// has no body, and so one line.
    static func all(in code: [SwiftToken], at places: [Int]) -> [SwiftFunction] {
        places.compactMap { SwiftFunctionReader(code: code, start: $0).read() }
    }
}

/// Reads one declaration. Depth is counted over brackets of all kinds, so that closures among default values
/// and tuples among types do not count.
private struct SwiftFunctionReader {
    let code: [SwiftToken]
    let start: Int

    private static let endsOfRequirement: Set<String> = [
        "func", "var", "let", "init", "subscript", "case", "static", "package", "private", "fileprivate",
        "internal", "mutating", "typealias", "associatedtype", "struct", "enum", "extension", "protocol",
        "class", "final",
    ]

    func read() -> SwiftFunction? {
        switch code[start].text {
        case "func": return function(named: start + 1)
        case "subscript": return function(named: start)
        case "init": return isDeclaredInit ? function(named: start) : nil
        case "deinit": return isMark("{", at: start + 1) ? body(named: start, openedAt: start + 1, 0) : nil
        case "var": return computedProperty()
        default: return nil
        }
    }

    /// Not a call such as `self.init(…)`, nor a reference.
    private var isDeclaredInit: Bool {
        if start > 0, code[start - 1].isMark(".") { return false }
        return ["(", "?", "<"].contains { isMark($0, at: start + 1) }
    }

    private func function(named name: Int) -> SwiftFunction? {
        guard let open = code[start...].firstIndex(where: { $0.isMark("(") }) else { return nil }
        let (close, parameters) = parameterList(openedAt: open)
        guard let brace = bodyStart(after: close) else {
            return function(named: name, lastLine: code[min(close, code.count - 1)].line, parameters)
        }
        return body(named: name, openedAt: brace, parameters)
    }

    private func computedProperty() -> SwiftFunction? {
        guard isMark(":", at: start + 2), let brace = bodyStart(after: start + 2) else { return nil }
        return body(named: start + 1, openedAt: brace, 0)
    }

    private func parameterList(openedAt open: Int) -> (close: Int, count: Int) {
        var depth = 0
        var commas = 0
        var index = open
        while index < code.count {
            switch code[index].kind == .mark ? code[index].text : "" {
            case "(", "[", "{", "<": depth += 1
            case ")", "]", "}", ">": depth -= 1
            case "," where depth == 1 && !isMark(")", at: index + 1): commas += 1
            default: break
            }
            if depth == 0 { break }
            index += 1
        }
        return (index, index == open + 1 ? 0 : commas + 1)
    }

    private func bodyStart(after index: Int) -> Int? {
        var depth = 0
        for place in code.indices[min(index + 1, code.count)...] {
            let token = code[place]
            switch token.kind {
            case .mark:
                if depth == 0, token.text == "{" { return place }
                if depth == 0, token.text == "=" || token.text == "}" || token.text == ")" { return nil }
                if token.text == "(" || token.text == "[" { depth += 1 }
                if token.text == ")" || token.text == "]" { depth -= 1 }
            case .word where depth == 0 && Self.endsOfRequirement.contains(token.text): return nil
            default: break
            }
        }
        return nil
    }

    private func body(named name: Int, openedAt brace: Int, _ parameters: Int) -> SwiftFunction? {
        var depth = 0
        for token in code[brace...] {
            if token.isMark("{") { depth += 1 }
            if token.isMark("}") { depth -= 1 }
            if depth == 0 { return function(named: name, lastLine: token.line, parameters) }
        }
        return nil
    }

    private func function(named name: Int, lastLine: Int, _ parameters: Int) -> SwiftFunction {
        SwiftFunction(
            name: code[name].text, firstLine: code[start].line, lastLine: lastLine, parameterCount: parameters
        )
    }

    private func isMark(_ text: String, at index: Int) -> Bool {
        index < code.count && code[index].isMark(text)
    }
}
