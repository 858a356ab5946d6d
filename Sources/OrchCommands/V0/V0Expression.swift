import YAML

/// A question to a YAML file in the part of yq's language that v0's functions and their callers speak: paths
/// (`.a.b`, `.a["b"]`, `.[0]`, `.[]`), `//`, `|`, literals, `length` and `join(TEXT)`.
struct V0Expression {
    private let term: Term

    private indirect enum Term {
        case path([Step])
        case literal(Node)
        case length
        case join(String)
        case or(Term, Term)
        case pipe(Term, Term)
    }

    private enum Step {
        case key(String)
        case index(Int)
        case each
    }

    /// - Throws: `V0Error` for what is not in that part.
    init(_ text: String) throws {
        var parser = Parser(text)
        term = try parser.pipe()
        try parser.end()
    }

    /// The answers, in their order.
    func answers(from root: Node) -> [Node] { Self.answers(term, root) }

    private static func answers(_ term: Term, _ node: Node) -> [Node] {
        switch term {
        case .literal(let value): return [value]
        case .path(let steps): return steps.reduce([node]) { nodes, step in nodes.flatMap { take(step, $0) } }
        case .length:
            return [Node(.int(node.sequence?.count ?? node.mapping?.count ?? node.text?.count ?? 0))]
        case .join(let separator):
            return [.string((node.sequence ?? []).map { $0.text ?? "" }.joined(separator: separator))]
        case .pipe(let left, let right): return answers(left, node).flatMap { answers(right, $0) }
        case .or(let left, let right):
            let found = answers(left, node).filter { !$0.isNull && $0.bool != false }
            return found.isEmpty ? answers(right, node) : found
        }
    }

    private static func take(_ step: Step, _ node: Node) -> [Node] {
        switch step {
        case .key(let key): [node[key] ?? .null]
        case .index(let index): [node[index < 0 ? (node.sequence?.count ?? 0) + index : index] ?? .null]
        case .each: node.sequence ?? node.mapping?.map(\.value) ?? []
        }
    }

    /// Recursive descent; each closing bracket ends a level, so it is no deeper than the text is long.
    private struct Parser {
        private let text: String
        private var rest: Substring

        init(_ text: String) {
            self.text = text
            rest = text[...]
        }

        mutating func pipe() throws -> Term {
            var term = try alternative()
            while take("|") { term = .pipe(term, try alternative()) }
            return term
        }

        private mutating func alternative() throws -> Term {
            var term = try primary()
            while take("//") { term = .or(term, try primary()) }
            return term
        }

        private mutating func primary() throws -> Term {
            if take("(") {
                let inner = try pipe()
                guard take(")") else { throw unreadable }
                return inner
            }
            if take("[]") { return .literal(.sequence([])) }
            if take("{}") { return .literal(.mapping([])) }
            if take("\"") { return .literal(.string(try quoted())) }
            if rest.first == "." { return .path(try steps()) }
            let word = self.word()
            switch word {
            case "null": return .literal(.null)
            case "true", "false": return .literal(Node(.bool(word == "true")))
            case "length": return .length
            case "join":
                guard take("("), take("\"") else { throw unreadable }
                let separator = try quoted()
                guard take(")") else { throw unreadable }
                return .join(separator)
            default:
                guard let number = Int(word) else { throw unreadable }
                return .literal(Node(.int(number)))
            }
        }

        private mutating func steps() throws -> [Step] {
            var steps: [Step] = []
            while let mark = rest.first, mark == "." || mark == "[" {
                rest.removeFirst()
                if mark == "." {
                    if rest.first == "\"" {
                        rest.removeFirst()
                        steps.append(.key(try quoted()))
                    } else {
                        let key = word()
                        if !key.isEmpty { steps.append(.key(key)) }
                    }
                } else if rest.first == "\"" {
                    rest.removeFirst()
                    steps.append(.key(try quoted()))
                    guard take("]") else { throw unreadable }
                } else if rest.first == "]" {
                    rest.removeFirst()
                    steps.append(.each)
                } else {
                    guard let index = Int(word()), take("]") else { throw unreadable }
                    steps.append(.index(index))
                }
            }
            return steps
        }

        private mutating func word() -> String {
            let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
            rest = rest.dropFirst(word.count)
            return String(word)
        }

        /// To the closing quote; a backslash keeps what follows it.
        private mutating func quoted() throws -> String {
            var value = ""
            while let character = rest.popFirst() {
                if character == "\"" { return value }
                guard character == "\\" else {
                    value.append(character)
                    continue
                }
                guard let next = rest.popFirst() else { break }
                value.append(next == "n" ? "\n" : next == "t" ? "\t" : next)
            }
            throw unreadable
        }

        private mutating func take(_ mark: String) -> Bool {
            let ahead = rest.drop(while: \.isWhitespace)
            // `|` is no part of `||`, nor `//` of `//=`; v0 uses neither.
            guard ahead.hasPrefix(mark) else { return false }
            rest = ahead.dropFirst(mark.count)
            if mark != "\"" { rest = rest.drop(while: \.isWhitespace) }
            return true
        }

        func end() throws { guard rest.allSatisfy(\.isWhitespace) else { throw unreadable } }

        private var unreadable: V0Error { V0Error("the expression “\(text)” is none that v0 uses") }
    }
}
