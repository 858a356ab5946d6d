/// The version that is announced is the version that is built.
enum Changelog {
    /// The first released heading of CHANGELOG.md is `Program.version`.
    static func leadsWithVersion(in tree: SourceTree) -> [Violation] {
        let path = "Sources/OrchCommands/Program.swift"
        guard let program = tree.swift.first(where: { $0.path == path }), let version = version(in: program)
        else {
            return [
                Violation(path: path, line: 1, problem: "no version is found", fix: "say `version = \"…\"`")
            ]
        }
        guard let changelog = tree.file("CHANGELOG.md") else {
            return [Violation(path: "CHANGELOG.md", line: 1, problem: "there is none", fix: "write it")]
        }
        let (line, top) = newest(in: changelog) ?? (1, "none")
        if top == version { return [] }
        return [
            changelog.violation(
                line, "the newest release is \(top), the program is \(version)", fix: "make them agree")
        ]
    }

    private static func version(in program: SwiftFile) -> String? {
        program.places(of: ["version", "="]).first.map { program.code[$0 + 2].text }
    }

    /// `## [1.2.3] - date`, of which `## [Unreleased]` is none.
    static func newest(in changelog: TextFile) -> (line: Int, version: String)? {
        for number in changelog.lines.indices.map({ $0 + 1 }) {
            let line = changelog.line(number)
            guard line.hasPrefix("## [") else { continue }
            let version = String(line.dropFirst(4).prefix { $0 != "]" })
            if version != "Unreleased" { return (number, version) }
        }
        return nil
    }
}
