import Testing

@testable import Arguments

struct HelpRendererTests {
    private func help(_ names: String..., width: Int = 80, styled: Bool = false) throws -> String {
        let path = try #require(CommandPath(Sample.program, names))
        return HelpRenderer(width: width, styled: styled).render(path)
    }

    @Test func `the program's help explains it and lists its commands by group`() throws {
        let expected = """
            Usage: prog [OPTIONS] COMMAND

            Run coding agents on a schedule.

            Every few seconds a timer runs `prog tick`, which does what is due.

            A crontab line would be

                * * * * *  prog tick

            .progrc is not read.

            Tasks:
              task, t            Work with tasks

            Rounds:
              tick               Do what is due

            Commands:
              exec               Run a command as an agent would
              show               Print files

            Setup:
              install-timer      Install the timer

            Options:
              -p, --project DIR  Act on the project in DIR (default: the current directory;
                                 environment: PROG_PROJECT)
                  --[no-]color   Colour the output
              -v, --verbose      Tell more (may be repeated)
              -h, --help         Show this help
                  --version      Show the version

            Exit status:
              0                  done, or nothing to do
              2                  wrong usage

            Examples:
              prog -v tick
                  One round, with details.

            `prog help COMMAND` tells more about a command.

            """
        #expect(try help() == expected)
    }

    @Test func `in a narrow terminal texts are wrapped in their column`() throws {
        let expected = """
            Usage: prog task add [OPTIONS] TITLE
                   [BODY]

            Record a task.

            Arguments:
              TITLE             What is to be done,
                                in a line
              BODY              The details

            Options:
              -l, --label LABEL
                                Label the task (may
                                be repeated)
                  --agent AGENT
                                Who does it (one of
                                claude, codex, it's
                                me; default: claude)
                  --model MODEL
                                With which model
                                (such as
                                opus:latest,
                                opus:small, sonnet)
              -a, --attempts N  Try so often (a
                                whole number from 1
                                to 9)
                  --timeout TIME
                                Stop it after that
                                (a duration such as
                                30s, 5m or 2h from
                                1s to 1d; default:
                                30m)
                  --attach FILE
                                Add the text of FILE
              -n, --dry-run     Only print what
                                would be done
              -h, --help        Show this help

            Options of every `task` command:
                  --backend NAME
                                Where tasks are kept
                                (one of github,
                                local)

            Options of every command:
              -p, --project DIR
                                Act on the project
                                in DIR (default: the
                                current directory;
                                environment:
                                PROG_PROJECT)
                  --[no-]color  Colour the output
              -v, --verbose     Tell more (may be
                                repeated)

            Examples:
              prog task add 'Fix the login' --label bug | tee log
                  A task with a label.

            """
        #expect(try help("task", "add", width: 10) == expected)
    }

    @Test func `headings are bold when styled, and nothing else changes`() throws {
        let styled = try help(styled: true)
        #expect(styled.contains("\u{1B}[1mTasks:\u{1B}[0m\n"))
        var plain = ""
        for part in styled.split(separator: "\u{1B}") {
            plain += part.hasPrefix("[") ? part.drop { $0 != "m" }.dropFirst() : part
        }
        #expect(plain == (try help()))
    }

    @Test(
        arguments: [
            ("", []), ("a\nb\n\nc", [.paragraph("a b"), .paragraph("c")]),
            ("a\n  x\n   y\nb", [.paragraph("a"), .verbatim(["  x", "   y"]), .paragraph("b")]),
            (" x\n\n y", [.verbatim([" x"]), .verbatim([" y"])]),
        ] as [(String, [TextBlock])])
    func `a discussion falls into paragraphs and verbatim lines`(text: String, blocks: [TextBlock]) {
        #expect(TextBlock.blocks(of: text) == blocks)
    }
}
