import OrchCore
import YAML

/// What is read from, and everything found wrong on the way: a mistake never hides the next one.
struct ConfigDecoder {
    /// Where `${NAME}` is looked up.
    let environment: [String: String]
    private(set) var problems: [ConfigProblem] = []
    /// The file as a whole, a variable, or an argument.
    private let origin: ConfigProblem.Place
    /// The key whose value is being read.
    var path: [String] = []
    /// Whether `${NAME}` in it is replaced.
    var isExpanding = true

    init(file: String, environment: [String: String]) {
        origin = .file(file, nil)
        self.environment = environment
    }

    /// For what is in no file: the value of a variable, an argument.
    init(unexpanded place: ConfigProblem.Place) {
        origin = place
        environment = [:]
        isExpanding = false
    }

    /// What is read stands in a file, and not in a variable or an argument.
    var isOfFile: Bool { if case .file = origin { true } else { false } }

    mutating func refuse(_ node: Node, _ problem: String, fix: String) {
        report(.error, node, problem, fix: fix)
    }

    mutating func warn(_ node: Node, _ problem: String, fix: String) {
        report(.warning, node, problem, fix: fix)
    }

    private mutating func report(
        _ severity: ConfigProblem.Severity, _ node: Node, _ problem: String, fix: String
    ) {
        var place = origin
        if case .file(let path, _) = origin { place = .file(path, node.mark) }
        problems.append(
            ConfigProblem(severity, at: place, key: path.joined(separator: "."), problem: problem, fix: fix))
    }

    /// A scalar as text, `${NAME}` replaced; nil and a problem for null and collections.
    mutating func text(_ node: Node, expected: String) -> String? {
        guard let written = node.text, !node.isNull else {
            refuse(node, "\(Self.show(node)) is not \(expected)", fix: "write \(expected)")
            return nil
        }
        guard isExpanding else { return written }
        do {
            return try VariableExpansion.expand(written, from: environment)
        } catch {
            refuse(node, error.problem, fix: error.fix)
            return nil
        }
    }

    /// The value as it was written, short enough for a message.
    static func show(_ node: Node) -> String {
        switch node.content {
        case .null: "nothing"
        case .sequence: "a list"
        case .mapping: "a mapping"
        default: "“\((node.text ?? "").firstLine.clipped(toBytes: 60))”"
        }
    }
}
