import Testing

@testable import Arguments

/// The scripts are sourced by the real shells and asked to complete lines; the `prog` that they ask for
/// dynamic values is a real program.
struct CompletionScriptTests {
    /// The words after `prog`, the last one unfinished, and what can stand there.
    struct Case: Sendable, CustomTestStringConvertible {
        let words: [String]
        let candidates: [String]

        var testDescription: String { words.joined(separator: " ") }

        init(_ words: [String], _ candidates: [String]) {
            self.words = words
            self.candidates = candidates
        }
    }

    private static let global = ["-p", "--project", "--color", "--no-color", "-v", "--verbose"]

    /// Lines without = and :, which every shell splits alike.
    static let cases = [
        Case(["nothing", ""], []),
        Case(["internal", ""], []),
        Case(["tick", "x"], []),
        Case([""], ["task", "tick", "exec", "show", "install-timer", "help"]),
        Case(["t"], ["task", "tick"]),
        Case(["help", "task", ""], ["add", "list", "rm", "say", "help"]),
        Case(["t", "l"], ["list"]),
        Case(["-"], global + ["-h", "--help", "--version"]),
        Case(["tick", ""], ["-h", "--help"] + global),
        Case(
            ["task", "ls", "--"],
            ["--json", "--all", "--help", "--backend"] + global.filter { $0.hasPrefix("--") }),
        Case(["task", "--backend", ""], ["github", "local"]),
        Case(["task", "list", "--backend", "l"], ["local"]),
        Case(["-v", "task", "add", "T", "-vn", "--agent", "c"], ["claude", "codex"]),
        Case(["task", "add", "--label", ""], ["bug", "big thing", "$(touch oops)"]),
        Case(["task", "add", "-lbug", "--label", "bu"], ["bug"]),
        Case(["task", "add", "-nl", "bu"], ["bug"]),
        Case(["task", "add", "-nlbug", "bu"], []),
        Case(["task", "add", "--timeout", ""], []),
        Case(["task", "add", "--", "-"], []),
        Case(["task", "rm", "1", "1"], ["1", "12"]),
        Case(["task", "say", ""], ["1", "12", "2"]),
        Case(["task", "say", "1", "hello", "-"], []),
        Case(["show", "p"], ["plain", "pretty"]),
        Case(
            ["show", "plain", "/etc/host"], ["/etc/host.conf", "/etc/hostname", "/etc/hosts"].filter(exists)),
        Case(
            ["exec", "-q", "ls", "/etc/host"],
            ["/etc/host.conf", "/etc/hostname", "/etc/hosts"].filter(exists)),
        Case(["tick", "-p", "/us"], ["/usr"]),
    ]

    private static func exists(_ path: String) -> Bool {
        (try? ExternalProgram.run("test", "-e", path).status) == 0
    }

    /// What a program of this table would print for `prog __complete KIND`.
    private static let answers = """
        #!/bin/sh
        case "$*" in
          "__complete tasks") printf '1\\tFix the login\\n12\\tWrite the manual\\n2\\n' ;;
          "__complete labels") printf 'bug\\nbig thing\\n$(touch oops)\\n' ;;
          *) echo "unexpected: $*" ;;
        esac
        """

    private func bash(_ words: [String], breaks: String = #"$' \t\n"\'><=;|&(:'"#) throws -> [String] {
        let quoted = (["prog"] + words).map(ShellTables.quoted).joined(separator: " ")
        let script =
            CompletionScript.render(Sample.program, for: .bash)
                + """
                COMP_WORDBREAKS=\(breaks)
                COMP_WORDS=(\(quoted))
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _prog
                if ((${#COMPREPLY[@]})); then printf '%s\\n' "${COMPREPLY[@]}"; fi
                """
        return lines(of: try run("bash", "--norc", script))
    }

    /// Runs the script with `prog` on the PATH.
    private func run(_ shell: String, _ option: String, _ script: String) throws -> ExternalProgram.Outcome {
        let prog = try FakeProgram(name: "prog", script: Self.answers)
        return try ExternalProgram.run("env", "PATH=\(prog.searchPath)", shell, option, input: script)
    }

    private func lines(of outcome: ExternalProgram.Outcome) -> [String] {
        #expect(outcome.status == 0, "\(outcome.output)")
        return outcome.output.split(separator: "\n").map(String.init)
    }

    @Test(.requires("bash")) func `bash accepts its script`() throws { try checkSyntax(.bash) }

    @Test(.requires("zsh")) func `zsh accepts its script`() throws { try checkSyntax(.zsh) }

    @Test(.requires("fish")) func `fish accepts its script`() throws { try checkSyntax(.fish) }

    private func checkSyntax(_ shell: CompletionScript.Shell) throws {
        for table in [Sample.program, CommandTable("two-words", "Have nothing to complete")] {
            let script = CompletionScript.render(table, for: shell)
            let outcome = try ExternalProgram.run(shell.rawValue, "-n", input: script)
            #expect(outcome == ExternalProgram.Outcome(status: 0, output: ""))
        }
    }

    @Test(.requires("bash"), arguments: cases)
    func `bash completes`(line: Case) throws {
        let expected = line.candidates.map { word in
            ["big thing": #"big\ thing"#, "$(touch oops)": #"\$\(touch\ oops\)"#][word] ?? word
        }
        #expect(try bash(line.words).sorted() == expected.sorted())
    }

    @Test(
        .requires("bash"),
        arguments: [
            // As Readline hands them over, with = and : among the breaks.
            (["task", "add", "--agent", "=", "co"], ["codex"]),
            (["task", "add", "--agent", "="], ["claude", "codex", #"it\'s\ me"#]),
            (["task", "add", "--agent", "=", "codex", "--label", "=", "bu"], ["bug"]),
            (["task", "add", "--model", "opus", ":", "l"], ["latest"]),
            (["task", "add", "--model", "=", "opus", ":"], ["latest", "small"]),
            (["task", "add", "a", ":", "b", "--agent", "co"], ["codex"]),
            (["task", "rm", "=", "1"], ["1", "12"]),
            (["--project", "=", "/us"], ["/usr"]),
        ] as [([String], [String])])
    func `bash completes behind its own word breaks`(words: [String], candidates: [String]) throws {
        #expect(try bash(words) == candidates)
    }

    @Test(.requires("bash"))
    func `bash completes behind = and : where they break no words`() throws {
        #expect(try bash(["task", "add", "--agent=co"], breaks: "' '") == ["--agent=codex"])
        #expect(try bash(["task", "add", "--model", "opus:l"], breaks: "' '") == ["opus:latest"])
    }

    @Test(.requires("fish"), arguments: cases + [Case(["task", "add", "--agent=co"], ["--agent=codex"])])
    func `fish completes`(line: Case) throws {
        let typed = (["prog"] + line.words).joined(separator: " ")
        let script =
            CompletionScript.render(Sample.program, for: .fish)
                + """
                complete -C \(FishCompletion.quoted(typed))
                """
        let found = lines(of: try run("fish", "--no-config", script))
            .map { String($0.prefix { $0 != "\t" }) }.map { $0.last == "/" ? String($0.dropLast()) : $0 }
        #expect(Set(found) == Set(line.candidates))
    }

    /// zsh's completion system needs a terminal; its three functions used here are replaced by ones that
    /// print.
    @Test(.requires("zsh"), arguments: cases + [Case(["task", "add", "--agent=co"], ["codex"])])
    func `zsh completes`(line: Case) throws {
        let quoted = (["prog"] + line.words).map(ShellTables.quoted).joined(separator: " ")
        let script = """
            compdef() { : }
            compset() { PREFIX=${PREFIX#${~3}} }
            _describe() { print -rl -- "${(@)${(@P)2}%%:*}" }
            _files() { local found; for found in ${PREFIX}*(N${1:+/}); do print -r -- $found; done }
            \(CompletionScript.render(Sample.program, for: .zsh))
            words=(\(quoted)) CURRENT=${#words} PREFIX=${words[-1]}
            _prog | while IFS= read -r found; do
              if [[ $found == "${${PREFIX#--*=}//\\\\/}"* ]]; then print -r -- $found; fi
            done
            """
        let found = lines(of: try run("zsh", "-f", script))
        #expect(found.sorted() == line.candidates.sorted())
    }

    /// Types lines with tabs at a prompt; the completed ones run a function that shows its arguments.
    @Test(
        .requires("zsh"),
        arguments: [
            (#"prog ti\t-p /us\t"#, "tick -p /usr"),
            (#"prog t l\t--al\t"#, "t list --all"),
            (
                #"prog task add --mod\topus:l\t--agent=co\t--label bu\t"#,
                "task add --model opus:latest --agent=codex --label bug"
            ),
            (#"prog show pl\t/etc/passw\t"#, "show plain /etc/passwd"),
        ])
    func `zsh completes what is typed at its prompt`(typed: String, expected: String) throws {
        let completion = try FakeProgram(
            name: "completion", script: CompletionScript.render(Sample.program, for: .zsh))
        let script = """
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell 'PROMPT=; autoload -U compinit; compinit -u -D; source \(completion.path)'
            zpty -w shell 'prog() { print "ran<${*%/}>" }; print rea""dy'
            zpty -r -m shell seen '*ready*'
            zpty -n -w shell $'\(typed)\\n'
            zpty -r -m shell seen '*ran<*>*'
            zpty -d shell
            print -r -- ${${seen##*ran<}%%>*}
            """
        #expect(lines(of: try run("zsh", "-f", script)) == [expected])
    }

    @Test(arguments: CompletionScript.Shell.allCases)
    func `what is hidden is not offered`(shell: CompletionScript.Shell) {
        let script = CompletionScript.render(Sample.program, for: shell)
        #expect(!script.contains("internal") && !script.contains("trace"))
    }
}
