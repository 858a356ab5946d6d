/// Foundation proper brings 50 MB of tables on Linux; its essentials do not.
enum FoundationImports {
    static let modules: Set = ["Foundation", "FoundationEssentials"]

    /// The one form in which it may be imported.
    static let guarded = [
        "#if", "canImport", "(", "FoundationEssentials", ")", "import", "FoundationEssentials", "#else",
        "import",
        "Foundation", "#endif",
    ]

    /// Foundation comes only as its essentials, or whole where those do not exist by themselves.
    static func areGuarded(in file: SwiftFile) -> [Violation] {
        guard file.file.holds("Foundation") else { return [] }
        // Modifiers of an import say nothing here.
        let code = file.code.filter { !["package", "internal", "private", "fileprivate"].contains($0.text) }
        return code.indices.dropLast().compactMap { index in
            guard code[index].isWord("import"), code[index + 1].text.hasPrefix("Foundation") else {
                return nil
            }
            let isGuarded = [5, 8].contains { offset in
                let start = index - offset
                return start >= 0 && code[start...].prefix(guarded.count).map(\.text) == guarded
            }
            if isGuarded { return nil }
            return file.violation(
                code[index].line, "import of \(code[index + 1].text)",
                fix:
                    "do without, or import FoundationEssentials under `#if canImport` with Foundation as `#else`"
            )
        }
    }
}
