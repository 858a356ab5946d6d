import Testing

@testable import Arguments

struct ParsingTests {
    @Test(arguments: [
        ("task add T", ["T"]), ("t add T", ["T"]), ("task add T B", ["T", "B"]), ("task add -- --n", ["--n"]),
        ("task add - B", ["-", "B"]), ("task add -5 -.5e3", ["-5", "-.5e3"]),
        ("task -- add T --", ["T", "--"]),
    ])
    func `arguments fill the positionals in order`(line: String, expected: [String]) throws {
        let arguments = try Sample.arguments(line)
        #expect(arguments.path == ["task", "add"])
        #expect(arguments.values("title") + arguments.values("body") == expected)
    }

    @Test(arguments: [
        "--project /x task add T", "task --project=/x add T", "task add T -p /x", "task add -p/x T",
        "-vp /x task add T",
        "task add -vvp/x T", "-p /y task add T -p /x", "-p=/x -p /x task add T",
    ])
    func `a global option may stand anywhere and be spelled in every way`(line: String) throws {
        #expect(try Sample.arguments(line).value("project") == "/x")
    }

    @Test func `values are taken as they are, dashes, equals signs and all`() throws {
        let arguments = try Sample.arguments([
            "task", "add", "", "--label", "- item", "--label=a=b", "-l-x", "--label=--json", "-l", "-5",
            "--label=",
        ])
        #expect(arguments.values("label") == ["- item", "a=b", "-x", "--json", "-5", ""])
        #expect(arguments.required("title").isEmpty)
    }

    @Test(arguments: [("", nil), ("--color", true), ("--no-color", false), ("--no-color --color", true)])
    func `the last of a flag and its negation wins`(options: String, expected: Bool?) throws {
        let arguments = try Sample.arguments("tick \(options)")
        #expect(arguments.setting("color") == expected)
        #expect(arguments.flag("color") == (expected ?? false))
    }

    @Test(arguments: [("tick", 0), ("tick -v", 1), ("-v tick -vv --verbose", 4)])
    func `a repeatable flag is counted`(line: String, expected: Int) throws {
        #expect(try Sample.arguments(line).count("verbose") == expected)
    }

    @Test func `typed values are read, and defaults stand in for absent ones`() throws {
        let given = try Sample.arguments("task add T -a 3 --timeout 1h30m --agent codex")
        #expect(given.integer("attempts") == 3)
        #expect(given.duration("timeout") == .seconds(5400))
        #expect(given.value("agent") == "codex")
        let absent = try Sample.arguments("task add T")
        #expect(absent.integer("attempts") == nil)
        #expect(absent.duration("timeout") == .seconds(1800))
        #expect(absent.required("agent") == "claude")
        #expect(absent.value("project") == nil)
    }

    @Test(
        arguments: [
            ("exec", [], 0), ("exec -q ls -q --help", ["ls", "-q", "--help"], 1), ("exec -- -q", ["-q"], 0),
            ("exec ls -- -v", ["ls", "--", "-v"], 0), ("exec -q -- -- x", ["--", "x"], 1),
        ] as [(String, [String], Int)])
    func `a verbatim positional takes everything after as it is`(line: String, words: [String], flags: Int)
        throws
    {
        let arguments = try Sample.arguments(line)
        #expect(arguments.values("command") == words)
        #expect(arguments.count("quiet") == flags)
    }

    @Test func `options still count between the first positional and the verbatim one`() throws {
        let arguments = try Sample.arguments("task say 7 -v please -v stop")
        #expect(arguments.required("id") == "7")
        #expect(arguments.values("word") == ["please", "-v", "stop"])
        #expect(arguments.count("verbose") == 1)
    }

    @Test(arguments: [
        ("--help", []), ("-h", []), ("help", []), ("task -h", ["task"]), ("help t ls", ["task", "list"]),
        ("task help add", ["task", "add"]), ("task add --help", ["task", "add"]), ("-vh task", []),
        ("task add --agent codex --help --bogus", ["task", "add"]), ("help -v task", ["task"]),
        ("help internal", ["internal"]),
    ])
    func `help is asked for at every level`(line: String, path: [String]) throws {
        guard case .help(let found) = try Sample.parse(line) else {
            Issue.record("`\(line)` is no request for help")
            return
        }
        #expect(found.names == path)
    }

    @Test(arguments: ["--version", "task --version", "task add x --version"])
    func `the version is asked for at every level`(line: String) throws {
        guard case .version = try Sample.parse(line) else {
            Issue.record("`\(line)` is no request for the version")
            return
        }
    }

    @Test func `an option of a digit makes its number an option`() throws {
        let table = CommandTable("prog", "Sort") {
            Flag("first", short: "1", "The first only")
            Positional("number", "A number", .repeating(), .integer())
        }
        guard case .command(let arguments) = try table.parse(["-1", "-2", "-30"]) else { return }
        #expect(arguments.flag("first"))
        #expect(arguments.values("number") == ["-2", "-30"])
    }

    @Test func `a table whose command is not chosen is not built`() throws {
        let table = CommandTable("prog", "Do things").subcommands {
            [
                CommandTable("used", "Be used"),
                CommandTable("unused", "Not be used") {
                    let _ = Issue.record("the parameters of an unused command were asked for")
                }.subcommands {
                    Issue.record("the commands beneath an unused command were asked for")
                    return []
                },
            ]
        }
        guard case .command(let arguments) = try table.parse(["used"]) else { return }
        #expect(arguments.path == ["used"])
    }
}
