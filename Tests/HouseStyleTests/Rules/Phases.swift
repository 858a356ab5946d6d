/// One word a concept, through every layer: phase, rule, tests, documents.
enum Phases {
    struct Phase: Equatable {
        let name: String
        let rule: String
        let line: Int
    }

    private static let tick = "Sources/OrchEngine/Tick.swift"

    /// The phases as the tick lists them: `("rescue", Rescuing.decide)`.
    static func listed(in tick: SwiftFile) -> [Phase] {
        let code = tick.code
        return code.indices.dropLast(4).compactMap { index in
            guard code[index].kind == .string, code[index + 1].isMark(","), code[index + 3].isMark("."),
                code[index + 4].isWord("decide")
            else { return nil }
            return Phase(name: code[index].text, rule: code[index + 2].text, line: code[index].line)
        }
    }

    /// Every phase has a rule named for it in a file named for that, tests of that rule, and its word in the
    /// documents.
    static func areComplete(in tree: SourceTree) -> [Violation] {
        guard let file = tree.swift.first(where: { $0.path == tick }) else {
            return [Violation(path: tick, line: 1, problem: "there is no tick", fix: "put it there")]
        }
        let phases = listed(in: file)
        if phases.isEmpty {
            return [file.violation(1, "no phase is found", fix: "list each as (\"word\", Rule.decide)")]
        }
        return phases.flatMap { violations(of: $0, file, tree) }
    }

    // MARK: - Syncs

    private static let sync = "Sources/OrchEngine/Sync.swift"

    /// The phases as the sync lists them: `TidyPhase.self`.
    static func listed(inSync sync: SwiftFile) -> [Phase] {
        let code = sync.code
        return code.indices.dropLast(2).compactMap { index in
            let suffix = "Phase"
            guard code[index].kind == .word, code[index].text.hasSuffix(suffix), code[index].text != suffix,
                code[index + 1].isMark("."), code[index + 2].isWord("self")
            else { return nil }
            let name = String(code[index].text.dropLast(suffix.count))
            return Phase(name: name.lowercased(), rule: "\(name)Rule", line: code[index].line)
        }
    }

    /// Every phase of a sync has its file, a rule named for it, and its word in the documents.
    static func ofSyncsAreComplete(in tree: SourceTree) -> [Violation] {
        guard let file = tree.swift.first(where: { $0.path == sync }) else {
            return [Violation(path: sync, line: 1, problem: "there is no sync", fix: "put it there")]
        }
        let phases = listed(inSync: file)
        if phases.isEmpty {
            return [file.violation(1, "no phase is found", fix: "list each as WordPhase.self")]
        }
        return phases.flatMap { phase in
            let word = phase.rule.dropLast("Rule".count)
            let needed = [
                "Sources/OrchEngine/Sync/\(word)Phase.swift", "Sources/OrchCore/Rules/\(phase.rule).swift",
            ].filter { !tree.contains($0) }
            let silent = ["README.md", "ARCHITECTURE.md"].filter {
                tree.file($0)?.holds("**\(phase.name)**") != true
            }
            return needed.map {
                file.violation(phase.line, "phase `\(phase.name)`: there is no \($0)", fix: "write it")
            }
                + silent.map {
                    file.violation(
                        phase.line, "phase `\(phase.name)`: \($0) does not explain it",
                        fix: "add a paragraph that begins with **\(phase.name)**")
                }
        }
    }

    private static func violations(of phase: Phase, _ tick: SwiftFile, _ tree: SourceTree) -> [Violation] {
        var violations: [Violation] = []
        func demand(_ isMet: Bool, _ problem: String, fix: String) {
            if !isMet {
                violations.append(tick.violation(phase.line, "phase `\(phase.name)`: " + problem, fix: fix))
            }
        }
        demand(
            isNamed(phase.rule, for: phase.name), "its rule is called \(phase.rule)",
            fix: "name it for the phase, …ing")
        let rule = "Sources/OrchCore/Rules/\(phase.rule).swift"
        demand(tree.contains(rule), "there is no \(rule)", fix: "give the rule a file of its name")
        let tests = "\(phase.rule)Tests.swift"
        demand(
            tree.files.contains { $0.isIn("Tests/OrchCoreTests") && $0.name == tests },
            "there is no \(tests)",
            fix: "test the rule under Tests/OrchCoreTests/Rules")
        for document in ["README.md", "ARCHITECTURE.md"] {
            demand(
                tree.file(document)?.holds("**\(phase.name)**") == true, "\(document) does not explain it",
                fix: "add a paragraph that begins with **\(phase.name)**")
        }
        return violations
    }

    /// `intake` → Intaking, `label` → Labelling: the word without its silent e, a doubled letter allowed,
    /// then “ing”.
    static func isNamed(_ rule: String, for phase: String) -> Bool {
        let stem = phase.hasSuffix("e") ? phase.dropLast() : phase[...]
        let doubled = phase + phase.suffix(1)
        return rule.lowercased() == stem + "ing" || rule.lowercased() == doubled + "ing"
    }
}
