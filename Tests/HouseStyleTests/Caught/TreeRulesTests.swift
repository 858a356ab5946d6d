import Testing

/// Rules about files together, over trees that exist only here.
struct TreeRulesTests {
    private func tree(_ files: [String: String]) -> SourceTree {
        SourceTree(files.sorted { $0.key < $1.key }.map { TextFile(path: $0.key, $0.value) })
    }

    @Test(arguments: [
        ("Sources/Kit/JSON/A.swift", "import OrchCore", 1), ("Sources/Kit/JSON/A.swift", "import SHA2", 0),
        ("Sources/Kit/JSON/A.swift", "import Foundation", 1), ("Sources/OrchCore/A.swift", "import Glibc", 1),
        ("Sources/OrchCore/A.swift", "package import JSON", 0),
        ("Sources/OrchCore/A.swift", "import Platform", 1),
        ("Sources/OrchEngine/A.swift", "import OrchAdapters", 1),
        ("Sources/OrchEngine/A.swift", "import OrchCore", 0),
        ("Sources/OrchAdapters/A.swift", "import OrchEngine", 1),
        ("Sources/OrchAdapters/A.swift", "import SHA2", 0),
        ("Sources/OrchCommands/A.swift", "import OrchTesting", 1),
        ("Sources/orch/main.swift", "import JSON", 1),
        ("Sources/orch/main.swift", "import func Glibc.exit\nimport OrchCommands", 0),
        ("Tests/OrchCoreTests/A.swift", "import OrchAdapters", 0), ("Sources/Other/A.swift", "let a = 1", 1),
    ])
    func `imports that point upwards are caught`(path: String, text: String, count: Int) {
        let kit = [
            "Sources/Kit/JSON/J.swift": "", "Sources/Kit/SHA2/S.swift": "",
            "Sources/Kit/Platform/P.swift": "",
        ]
        #expect(Rings.imports(in: tree(kit.merging([path: text]) { _, new in new })).count == count)
    }

    @Test func `a command that names an adapter is caught`() {
        let ring = [
            "Sources/OrchCore/Ports/Store.swift": "package protocol Store: AnyObject {}",
            "Sources/OrchAdapters/Store/S.swift":
                "package final class SQLiteStore: Store {}\nstruct Row: Hashable {}",
            "Sources/OrchAdapters/Memory.swift": "struct Memory {}\nextension Memory: Store {}",
            "Sources/OrchCommands/Live/Live.swift": "let a = SQLiteStore()",
            "Sources/OrchCommands/Context.swift": "let a = SQLiteStore()",
            "Sources/OrchCommands/A.swift":
                "let a = Row()\nlet b = SQLiteStore()\n// SQLiteStore\nlet c = Memory()",
        ]
        #expect(Adapters.names(in: tree(ring)) == ["SQLiteStore", "Memory"])
        let violations = Rings.adaptersAreNamedInOnePlace(in: tree(ring))
        #expect(violations.map(\.line) == [2, 4])
        #expect(violations.allSatisfy { $0.path == "Sources/OrchCommands/A.swift" })
        let unused = Rings.exceptionsAreUsed(in: tree(ring)).map(\.problem)
        #expect(!unused.isEmpty && !unused.contains("Context.swift names no adapter"))
    }

    @Test(arguments: [
        ("// for orch", 1), ("let a = \"ORCH_HOME\"", 1), ("let orchestrator = 1", 1),
        ("let torch = \"scorch\"", 0),
        ("let a = orchHome\n\n// Orch", 2),
    ])
    func `a kit that knows its user is caught`(text: String, count: Int) {
        #expect(Rings.kitIsNobodys(in: tree(["Sources/Kit/JSON/A.swift": text])).count == count)
        #expect(Rings.kitIsNobodys(in: tree(["Sources/OrchCore/A.swift": text])).isEmpty)
    }

    @Test(arguments: [
        ("bats/a.bats", "  sleep 1", 1), ("bats/helpers/a.bash", "sleep 0.1 &", 1),
        ("scripts/a", "sleep 2", 1),
        ("bats/a.bats", "tmux new-session sleep 300", 0), ("Sources/a", "sleep 1", 0),
    ])
    func `a script that sleeps is caught`(path: String, text: String, count: Int) {
        #expect(Texts.sleeps(in: TextFile(path: path, text)).count == count)
    }

    @Test func `a package is caught`() {
        let text = "let a = 1\n.package(url: \"x\", from: \"1.0.0\")"
        #expect(Texts.packages(in: TextFile(path: "Package.swift", text)).map(\.line) == [2])
        #expect(Texts.packages(in: TextFile(path: "README.md", text)).isEmpty)
    }

    private static let phase = [
        "Sources/OrchEngine/Tick.swift": "let phases = [\n(\"rescue\", Rescuing.decide),\n]",
        "Sources/OrchCore/Rules/Rescuing.swift": "enum Rescuing {}",
        "Tests/OrchCoreTests/Rules/RescuingTests.swift": "", "README.md": "- **rescue**: …",
        "ARCHITECTURE.md": "**rescue**",
    ]

    @Test func `a complete phase passes`() {
        #expect(Phases.areComplete(in: tree(Self.phase)) == [])
    }

    @Test(arguments: Self.phase.keys.sorted())
    func `a phase without one of its parts is caught`(path: String) {
        #expect(Phases.areComplete(in: tree(Self.phase.filter { $0.key != path })).count == 1)
    }

    @Test func `a tick whose phases cannot be found is caught`() {
        var files = Self.phase
        files["Sources/OrchEngine/Tick.swift"] = "let phases = [Rescuing.self]"
        #expect(Phases.areComplete(in: tree(files)).count == 1)
    }

    @Test(arguments: [
        ("intake", "Intaking", true), ("label", "Labelling", true), ("dispatch", "Dispatching", true),
        ("rescue", "Saving", false), ("route", "Router", false),
    ])
    func `a rule is named for its phase`(phase: String, rule: String, isNamed: Bool) {
        #expect(Phases.isNamed(rule, for: phase) == isNamed)
    }

    private static let migrations = "Sources/OrchAdapters/Store/Migrations"

    @Test(arguments: [
        ("version: 1, version: 2", ["v001_A", "v002_B"], 0), ("version: 1", ["v001_A", "v002_B"], 1),
        ("version: 1, version: 2", ["v001_A"], 1), ("version: 1, version: 3", ["v001_A", "v003_B"], 1),
        ("version: 1", ["v001_A", "v001_A+Tables"], 0),
    ])
    func `a migration that is not registered is caught`(list: String, files: [String], count: Int) {
        var all = ["\(Self.migrations)/StoreMigrations.swift": list]
        for file in files { all["\(Self.migrations)/\(file).swift"] = "" }
        #expect(Migrations.areRegistered(in: tree(all)).count == count)
    }

    @Test(arguments: [
        ("{{TASK_ID}}", 0), ("{{#if TASK_ID}}x{{/if}}", 0), ("{{TASK_IDS}}", 1),
        ("{{#if NOBODY}}x{{/if}}", 1),
        ("{{TASK_ID", 1), ("plain", 0),
    ])
    func `a prompt that cannot be rendered is caught`(text: String, count: Int) {
        let files = [
            "Sources/OrchEngine/RunHost/RunHost+Prompt.swift": "[\"TASK_ID\": id, \"not\": 1]",
            "prompts/a.md": text,
        ]
        #expect(Prompts.render(in: tree(files)).count == count)
    }

    @Test func `prompts whose variables are not found are caught`() {
        #expect(Prompts.render(in: tree(["prompts/a.md": "plain"])).count == 1)
    }

    @Test(arguments: [
        ("## [Unreleased]\n\n## [1.2.3] - 2026-11-23\n", 0), ("## [1.2.2] - 2026-11-23\n", 1),
        ("# Changes\n", 1),
        ("## [1.2.4]\n## [1.2.3]\n", 1),
    ])
    func `a changelog that lags behind is caught`(text: String, count: Int) {
        let program = ["Sources/OrchCommands/Program.swift": "static let version = \"1.2.3\""]
        #expect(
            Changelog.leadsWithVersion(in: tree(program.merging(["CHANGELOG.md": text]) { $1 })).count
                == count)
        #expect(Changelog.leadsWithVersion(in: tree(program)).count == 1)
    }

    @Test(arguments: [
        ("[a](docs/a.md)", 0), ("[a](docs/b.md)", 1), ("[a](docs)", 0), ("[a](https://example.org/x)", 0),
        ("[a](docs/a.md#two-words)", 0), ("[a](docs/a.md#three)", 1), ("[a](#top)", 0), ("`[a](b.md)`", 0),
        ("```\n[a](b.md)\n```\n[c](d.md)", 1), ("[a](x.md) and [b](y.md \"title\")", 2),
        ("[a](./docs/../docs/a.md)", 0),
    ])
    func `dead links are caught`(text: String, count: Int) {
        let files = ["README.md": "# Top\n" + text, "docs/a.md": "# Two words!\n[up](../README.md#top)"]
        #expect(Links.areAlive(in: tree(files)).count == count)
    }

    @Test func `a violation says where, what and what to do`() {
        let violation = Violation(path: "Sources/A.swift", line: 3, problem: "a line of 120", fix: "break it")
        #expect(violation.description == "Sources/A.swift:3: a line of 120; break it")
    }
}
