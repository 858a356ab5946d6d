import Testing

@testable import Arguments

/// What must hold for every table, tried on many made at random, the same ones at every run.
struct RandomTableTests {
    @Test(arguments: 0..<150)
    func `a valid line is read as what it was made from`(seed: UInt64) throws {
        var tables = RandomTable(seed: seed)
        let program = tables.program()
        #expect(program.defects() == [])
        for _ in 0..<40 {
            let line = RandomLine(program, using: &tables.generator)
            guard case .command(let arguments) = try program.parse(line.words) else {
                Issue.record("\(line.words) runs no command")
                continue
            }
            #expect(arguments.path == line.path.names)
            for option in line.path.ownOptions + line.path.inheritedOptions {
                if option.isFlag {
                    #expect(arguments.setting(option.long) == line.settings[option.long], "\(line.words)")
                } else {
                    #expect(arguments.values(option.long) == line.values[option.long] ?? [], "\(line.words)")
                }
            }
            for positional in line.path.positionals {
                #expect(
                    arguments.values(positional.name) == line.values[positional.name] ?? [], "\(line.words)")
            }
        }
    }

    @Test(arguments: 0..<60)
    func `help is never wider than the terminal but for a single long word`(seed: UInt64) {
        var tables = RandomTable(seed: seed)
        let program = CommandPath(tables.program())
        for path in [program] + program.visibleDescendants {
            let width = Int.random(in: HelpRenderer.widths, using: &tables.generator)
            for line in HelpRenderer(width: width).render(path).split(separator: "\n")
            where line.count > width {
                #expect(!line.drop { $0 == " " }.contains(" "), "\(width): \(line)")
            }
        }
    }

    @Test(.requires("mandoc"), arguments: 0..<10)
    func `mandoc understands every manual`(seed: UInt64) throws {
        var tables = RandomTable(seed: seed)
        let page = ManPage.render(tables.program(), version: "1", date: "2026-01-31")
        let outcome = try ExternalProgram.run("mandoc", "-T", "lint", "-W", "warning", input: page)
        #expect(outcome == ExternalProgram.Outcome(status: 0, output: ""))
    }

    @Test(.requires("bash"), arguments: 0..<20)
    func `bash offers the options of the command that a line has reached`(seed: UInt64) throws {
        var tables = RandomTable(seed: seed)
        let program = tables.program()
        let line = RandomLine(program, using: &tables.generator)
        let typed = line.words.prefix { $0 != "--" }
        let model = CompletionModel(program)
        let script = """
            \(CompletionScript.render(program, for: .bash))
            COMP_WORDBREAKS=' '
            COMP_WORDS=(\((["prog"] + typed + ["--"]).map(ShellTables.quoted).joined(separator: " ")))
            COMP_CWORD=\(typed.count + 1)
            \(model.prefix)
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let outcome = try ExternalProgram.run("bash", "--norc", input: script)
        let options = line.path.ownOptions + line.path.inheritedOptions
        let expected = options.flatMap(\.spellings).filter { $0.hasPrefix("--") }
        #expect(
            outcome.output.split(separator: "\n").map(String.init).sorted() == expected.sorted(),
            "\(line.words)")
    }
}
