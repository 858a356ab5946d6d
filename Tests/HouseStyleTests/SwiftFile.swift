/// A Swift file and its tokens.
struct SwiftFile: Sendable {
    let file: TextFile
    let tokens: [SwiftToken]
    /// The tokens without comments.
    let code: [SwiftToken]
    let functions: [SwiftFunction]
    /// Where each word stands in the code, so that a rule need not look at every token.
    private let index: [String: [Int]]

    init(_ file: TextFile) {
        self.file = file
        tokens = SwiftScanner.tokens(of: file.bytes)
        code = tokens.filter { $0.kind != .comment }
        var index: [String: [Int]] = [:]
        var place = 0
        for token in code {
            if token.kind == .word { index[token.text, default: []].append(place) }
            place += 1
        }
        self.index = index
        functions = SwiftFunction.all(
            in: code, at: SwiftFunction.introducers.flatMap { index[$0] ?? [] }.sorted())
    }

    func places(of word: String) -> [Int] { index[word] ?? [] }

    init(path: String, _ text: String) { self.init(TextFile(path: path, text)) }

    var path: String { file.path }

    /// The modules that it imports, in the order of its lines.
    var imports: [(module: String, line: Int)] {
        places(of: "import").compactMap { index in
            guard index + 1 < code.count, code[index + 1].kind == .word else { return nil }
            // `import struct Module.Type` names the module one later.
            let name = Self.importKinds.contains(code[index + 1].text) ? index + 2 : index + 1
            return name < code.count ? (code[name].text, code[index].line) : nil
        }
    }

    private static let importKinds: Set = [
        "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
    ]

    func violation(_ line: Int, _ problem: String, fix: String) -> Violation {
        file.violation(line, problem, fix: fix)
    }

    /// Where these stand one after the other in the code; the first is a word.
    func places(of texts: [String]) -> [Int] {
        places(of: texts[0]).filter { start in
            start + texts.count <= code.count
                && texts.indices.allSatisfy {
                    code[start + $0].text == texts[$0] && code[start + $0].kind != .string
                }
        }
    }
}
