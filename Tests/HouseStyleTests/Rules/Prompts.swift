import Template

/// A prompt that cannot be rendered stops every agent at once.
enum Prompts {
    /// Where the values of a prompt's variables are made.
    private static let makers = [
        "Sources/OrchEngine/RunHost/RunHost+Prompt.swift", "Sources/OrchCommands/Live/PromptContext.swift",
        "Sources/OrchEngine/ReviewHost/ReviewHost+Prompt.swift",
        "Sources/OrchCommands/Chat/ChatPrompt.swift",
        "Sources/OrchEngine/RouteHost/RouteHost.swift", "Sources/OrchEngine/ReviewHost/TaskReview.swift",
    ]

    /// Every prompt is a template, and every variable in it has a value.
    static func render(in tree: SourceTree) -> [Violation] {
        let known = variables(in: tree)
        let prompts = tree.files.filter { $0.isIn("prompts") && $0.name.hasSuffix(".md") }
        if prompts.isEmpty || known.isEmpty {
            return [
                Violation(
                    path: "prompts", line: 1,
                    problem: "\(prompts.count) prompts and \(known.count) variables are found",
                    fix: "tell Prompts.swift where they are")
            ]
        }
        return prompts.flatMap { violations(of: $0, known: known) }
    }

    private static func violations(of prompt: TextFile, known: Set<String>) -> [Violation] {
        do {
            return try TemplateText(prompt.text).variables.subtracting(known).sorted().map { name in
                prompt.violation(
                    prompt.lines(holding: name).first ?? 1, "there is no variable \(name)",
                    fix: "use one of \(known.sorted().joined(separator: ", "))")
            }
        } catch {
            return [prompt.violation(1, "\(error)", fix: "see Sources/Kit/Template/TemplateText.swift")]
        }
    }

    /// The keys of the dictionaries there: literals in capitals before a colon.
    static func variables(in tree: SourceTree) -> Set<String> {
        let files = tree.swift.filter { makers.contains($0.path) }
        return Set(
            files.flatMap { file in
                file.code.indices.dropLast().filter { index in
                    let token = file.code[index]
                    return token.kind == .string && file.code[index + 1].isMark(":") && isName(token.text)
                }.map { file.code[$0].text }
            })
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 == UInt8(ascii: "_") || (0x41...0x5A).contains($0) }
    }
}
