import Testing

@testable import Arguments

struct ParsingErrorsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let line: String
        let command: String
        let reason: ArgumentsError.Reason
        let problem: String
        let fix: String

        var testDescription: String { line }

        init(
            _ line: String, at command: String, _ reason: ArgumentsError.Reason, _ problem: String,
            _ fix: String
        ) {
            self.line = line
            self.command = command
            self.reason = reason
            self.problem = problem
            self.fix = fix
        }
    }

    private static let commands: [Case] = [
        Case("", at: "prog", .missingCommand, "`prog` needs a command", "see `prog --help`"),
        Case(
            "task", at: "prog task", .missingCommand, "`prog task` needs a command",
            "see `prog task --help`"),
        Case(
            "tsak list", at: "prog", .unknownCommand("tsak", suggestion: "prog task"),
            "`prog` has no command “tsak”", "did you mean `prog task`?"),
        Case(
            "task lsit", at: "prog task", .unknownCommand("lsit", suggestion: "prog task list"),
            "`prog task` has no command “lsit”", "did you mean `prog task list`?"),
        Case(
            "list", at: "prog", .unknownCommand("list", suggestion: "prog task list"),
            "`prog` has no command “list”", "did you mean `prog task list`?"),
        Case(
            "-5", at: "prog", .unknownCommand("-5", suggestion: nil), "`prog` has no command “-5”",
            "see `prog --help`"),
        Case(
            "intrnal", at: "prog", .unknownCommand("intrnal", suggestion: nil),
            "`prog` has no command “intrnal”", "see `prog --help`"),
        Case(
            "help nothing", at: "prog", .unknownCommand("nothing", suggestion: nil),
            "`prog` has no command “nothing”", "see `prog --help`"),
        Case(
            "help tick now", at: "prog tick", .unexpectedArgument("now", isSurplus: false),
            "`prog tick` takes no argument, but was given “now”", "see `prog tick --help`"),
        Case(
            "-- --json", at: "prog", .unknownCommand("--json", suggestion: nil),
            "`prog` has no command “--json”", "see `prog --help`"),
    ]

    private static let options: [Case] = [
        Case(
            "task list --jsno", at: "prog task list", .unknownOption("--jsno", suggestion: "--json"),
            "`prog task list` has no option “--jsno”", "did you mean `--json`?"),
        Case(
            "task list --proj x", at: "prog task list", .unknownOption("--proj", suggestion: "--project"),
            "`prog task list` has no option “--proj”", "did you mean `--project`?"),
        Case(
            "task list -json", at: "prog task list", .unknownOption("-j", suggestion: "--json"),
            "`prog task list` has no option “-j”", "did you mean `--json`?"),
        Case(
            "tick --no-verbose", at: "prog tick", .unknownOption("--no-verbose", suggestion: nil),
            "`prog tick` has no option “--no-verbose”",
            "see `prog tick --help`"),
        Case(
            "tick -vx", at: "prog tick", .unknownOption("-x", suggestion: nil),
            "`prog tick` has no option “-x”",
            "see `prog tick --help`"),
        Case(
            "task add --zzz", at: "prog task add",
            .unknownOption("--zzz", suggestion: nil, mayBeArgument: true),
            "`prog task add` has no option “--zzz”",
            "see `prog task add --help`; if it is an argument, type `-- --zzz`"),
        Case(
            "--json task list", at: "prog", .unknownOption("--json", suggestion: nil),
            "`prog` has no option “--json”", "see `prog --help`"),
        Case(
            "tick --project", at: "prog tick", .missingValue(option: "--project", valueName: "DIR"),
            "option `--project` needs a value, DIR", "type `--project=DIR`; see `prog tick --help`"),
        Case(
            "tick -p --verbose", at: "prog tick", .missingValue(option: "-p", valueName: "DIR"),
            "option `-p` needs a value, DIR", "type `-p DIR`; see `prog tick --help`"),
        Case(
            "task add -l -- x", at: "prog task add", .missingValue(option: "-l", valueName: "LABEL"),
            "option `-l` needs a value, LABEL", "type `-l LABEL`; see `prog task add --help`"),
        Case(
            "tick --verbose=3", at: "prog tick", .unexpectedValue(flag: "--verbose", value: "3"),
            "`--verbose` takes no value, but was given “3”", "type `--verbose` alone"),
        Case(
            "tick --no-color=", at: "prog tick", .unexpectedValue(flag: "--no-color", value: ""),
            "`--no-color` takes no value, but was given “”", "type `--no-color` alone"),
        Case(
            "tick --help=x", at: "prog tick", .unexpectedValue(flag: "--help", value: "x"),
            "`--help` takes no value, but was given “x”", "type `--help` alone"),
    ]

    private static let arguments: [Case] = [
        Case(
            "task add", at: "prog task add", .missingArgument("TITLE"), "`prog task add` needs TITLE",
            "see `prog task add --help`"),
        Case(
            "task rm", at: "prog task rm", .missingArgument("ID"), "`prog task rm` needs ID",
            "see `prog task rm --help`"),
        Case(
            "task say 7 --", at: "prog task say", .missingArgument("WORD"), "`prog task say` needs WORD",
            "see `prog task say --help`"),
        Case(
            "tick now", at: "prog tick", .unexpectedArgument("now", isSurplus: false),
            "`prog tick` takes no argument, but was given “now”", "see `prog tick --help`"),
        Case(
            "task add Fix the login", at: "prog task add", .unexpectedArgument("login", isSurplus: true),
            "`prog task add` has no use for another argument, “login”",
            "put words that belong together in quotes; see `prog task add --help`"),
    ]

    private static func invalid(
        _ value: String, _ subject: String, _ accepted: String, suggestion: String? = nil
    ) -> (ArgumentsError.Reason, String) {
        (
            .invalidValue(value, of: subject, accepted: accepted, suggestion: suggestion),
            "“\(value)” does not fit `\(subject)`: expected \(accepted)"
        )
    }

    private static func value(
        _ line: String, _ invalid: (ArgumentsError.Reason, String), fix: String = "see `prog task add --help`"
    ) -> Case {
        let command = line.hasPrefix("show") ? "prog show" : "prog task add"
        return Case(line, at: command, invalid.0, invalid.1, fix)
    }

    private static let agents = "one of claude, codex, it's me"
    private static let time = "a duration such as 30s, 5m or 2h from 1s to 1d"

    private static let values: [Case] = [
        value(
            "task add x --agent codx", invalid("codx", "--agent", agents, suggestion: "codex"),
            fix: "did you mean `--agent codex`?"),
        value("task add x --agent gemini", invalid("gemini", "--agent", agents)),
        value("task add x --attempts 0", invalid("0", "--attempts", "a whole number from 1 to 9")),
        value("task add x -a10", invalid("10", "-a", "a whole number from 1 to 9")),
        value("task add x -a two", invalid("two", "-a", "a whole number from 1 to 9")),
        value("task add x --timeout 30", invalid("30", "--timeout", time)),
        value("task add x --timeout=2d", invalid("2d", "--timeout", time)),
        value("task add x --timeout -5m", invalid("-5m", "--timeout", time)),
        value("task add x --project=", invalid("", "--project", "the path of a directory")),
        value(
            "show pritty", invalid("pritty", "FORMAT", "one of plain, pretty", suggestion: "pretty"),
            fix: "did you mean `pretty`?"),
    ]

    @Test(arguments: commands + options + arguments + values)
    func `a wrong line is refused with what is wrong and what to type`(wrong: Case) throws {
        let error = try #require(throws: ArgumentsError.self) { try Sample.parse(wrong.line) }
        #expect(error == ArgumentsError(reason: wrong.reason, command: wrong.command))
        #expect(error.problem == wrong.problem)
        #expect(error.fix == wrong.fix)
    }

    @Test func `a message stays one short line, whatever was typed`() throws {
        let typed = "a\u{1B}[2J\n" + String(repeating: "x", count: 1000)
        let error = try #require(throws: ArgumentsError.self) { try Sample.program.parse([typed]) }
        #expect(error.problem == "`prog` has no command “a [2J " + String(repeating: "x", count: 74) + "…”")
    }
}
