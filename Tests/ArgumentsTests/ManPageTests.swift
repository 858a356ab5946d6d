import Testing

@testable import Arguments

struct ManPageTests {
    private let page = ManPage.render(Sample.program, version: "1.2.3", date: "2026-01-31")

    @Test(arguments: [
        ("", ""), (".br", "\\&.br"), ("'br", "\\(aqbr"), ("a\\fBb", "a\\efBb"), ("--no-x", "\\-\\-no\\-x"),
        ("say \"hi\"", "say \\(dqhi\\(dq"), ("a\n.br", "a .br"),
        ("“é…”", "\\[u201C]\\[u00E9]\\[u2026]\\[u201D]"),
        ("😀", "\\[u1F600]"), ("~^`", "\\(ti\\(ha\\(ga"), ("  .x", "  .x"),
    ])
    func `a line is escaped`(text: String, escaped: String) {
        #expect(RoffText.line(text) == escaped)
    }

    @Test(arguments: [
        ("use `-x` now", ["use \\fB\\-x\\fR now"]), ("`.rc` is read", ["\\fB.rc\\fR is read"]),
        ("a ` b", ["a \\(ga b"]), (".rc or `x`", ["\\&.rc or \\fBx\\fR"]),
        (String(repeating: "x", count: 79) + " .y z", [String(repeating: "x", count: 79), "\\&.y z"]),
    ])
    func `a paragraph is wrapped, with what stands between backticks in bold`(
        text: String, expected: [String]
    ) {
        #expect(RoffText.prose(text) == expected)
    }

    @Test func `the page has its sections in the customary order`() {
        let sections = page.split(separator: "\n").filter { $0.hasPrefix(".SH ") }.map { $0.dropFirst(4) }
        #expect(
            sections == [
                "NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "ENVIRONMENT", "FILES",
                "EXIT STATUS",
                "EXAMPLES",
            ])
    }

    @Test func `a section with nothing in it is left out`() {
        let small = ManPage.render(CommandTable("small", "Be small"), version: "1", date: "2026-01-31")
        #expect(!small.contains("FILES"))
        #expect(!small.contains("COMMANDS"))
    }

    @Test func `a command's own exit statuses stand with it`() throws {
        let later = CommandTable("run", "Run it").exitStatus(75, "later")
        let tool = CommandTable("tool", "Be useful").exitStatus(0, "fine").subcommands { [later] }
        let lines = ManPage.render(tool, version: "1", date: "2026-01-31").split(separator: "\n")
        let section = try #require(lines.firstIndex(of: ".SH EXIT STATUS"))
        #expect(lines[..<section].contains("\\fBexit status 75\\fR"))
        #expect(lines[section...].contains("\\fB0\\fR"))
        #expect(!lines[section...].contains { $0.contains("later") })
    }

    @Test(arguments: ["trace", "internal"])
    func `what is hidden is not told`(text: String) { #expect(!page.contains(text)) }

    @Test(.requires("mandoc"))
    func `mandoc finds nothing to complain of`() throws {
        let outcome = try ExternalProgram.run("mandoc", "-T", "lint", "-W", "style", input: page)
        #expect(outcome == ExternalProgram.Outcome(status: 0, output: ""))
    }

    @Test(.requires("groff"))
    func `groff finds nothing to warn of`() throws {
        let outcome = try ExternalProgram.run("groff", "-man", "-ww", "-z", "-Tutf8", input: page)
        #expect(outcome == ExternalProgram.Outcome(status: 0, output: ""))
    }

    @Test(.requires("mandoc"))
    func `the formatted page reads as the table was written`() throws {
        let outcome = try ExternalProgram.run("mandoc", "-T", "ascii", "-O", "width=78", input: page)
        // Bold and underlined letters are overstruck.
        var overstruck = ""
        for character in outcome.output.unicodeScalars {
            if character == "\u{8}" {
                overstruck.unicodeScalars.removeLast()
            } else {
                overstruck.unicodeScalars.append(character)
            }
        }
        let text = overstruck.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for part in [
            "prog - Run coding agents on a schedule", "would be * * * * * prog tick .progrc",
            ".progrc is not read.",
            "prog task add [OPTIONS] TITLE [BODY]", "--agent AGENT",
            "(one of claude, codex, it's me; default: claude)",
            "-p, --project DIR", "PROG_PROJECT", "Stands in for --project", "~/.prog/config.yml",
            "prog task add 'Fix the login' --label bug | tee log",
        ] {
            #expect(text.contains(part), "“\(part)” is missing from\n\(text)")
        }
    }
}
