import Testing

@testable import Arguments

struct DefectsTests {
    @Test func `a sound table has no defects`() { #expect(Sample.program.defects() == []) }

    @Test(arguments: [
        (CommandTable("p", "Ends with a stop."), "the abstract is one line without a full stop"),
        (CommandTable("p", ""), "the abstract is one line without a full stop"),
        (CommandTable("P", "Act"), "“P” is no command name"),
        (CommandTable("p", "Act", aliases: ["-a"]), "“-a” is no command name"),
        (CommandTable("p", "Act").subcommands { [] }, "a group without commands"),
        (CommandTable("p", "Act").subcommands { [leaf, leaf] }, "two commands are named “leaf”"),
        (
            CommandTable("p", "Act").subcommands { [CommandTable("help", "Help")] },
            "the command `help` is built in"
        ),
        (
            CommandTable("p", "Act") { Positional("a", "A") }.subcommands { [leaf] },
            "a group of commands cannot take positionals"
        ),
    ])
    func `a wrong command is found`(table: CommandTable, defect: String) {
        #expect(table.defects().contains("`\(table.name)`: \(defect)"))
    }

    @Test(arguments: [
        ([Flag("a", "A").option, Flag("a", "A").option], "`--a` stands for two options"),
        ([Flag("help", "Help").option], "`--help` stands for two options"),
        ([Flag("x", short: "h", "X").option], "`-h` stands for two options"),
        ([Flag("a", "A").negatable().option, Flag("no-a", "A").option], "`--no-a` stands for two options"),
        ([Flag("A", "A").option], "“A” is no option name"),
        ([Flag("a", short: "-", "A").option], "no short option can be “-”"),
        ([Option("a", "A", "A", .oneOf([]))], "`--a` accepts nothing"),
        ([Option("a", "A", "A", .integer()).defaulting(to: .value("x"))], "`--a` refuses its default “x”"),
    ])
    func `a wrong option is found`(options: [Option], defect: String) {
        let table = CommandTable("p", "Act") { Parameters(options: options) }
        #expect(table.defects().contains("`p`: \(defect)"))
    }

    @Test(arguments: [
        ([Positional("a", "A"), Positional("a", "A")], "“a” names two parameters"),
        ([Positional("a", "A", .optional), Positional("b", "B")], "the required B follows the optional A"),
        ([Positional("a", "A", .repeating()), Positional("b", "B")], "only the last positional can repeat"),
    ])
    func `a wrong positional is found`(positionals: [Positional], defect: String) {
        let table = CommandTable("p", "Act") { Parameters(positionals: positionals) }
        #expect(table.defects().contains("`p`: \(defect)"))
    }

    @Test func `an option that repeats one of a command above is found`() {
        let inner = CommandTable("inner", "Act") { Flag("all", "All") }
        let table = CommandTable("p", "Act") { Flag("all", "All") }.subcommands { [inner] }
        #expect(table.defects().contains("`p inner`: `--all` stands for two options"))
    }

    @Test func `an example that the parser refuses is found`() {
        let table = CommandTable("p", "Act").subcommands { [Self.leaf] }
            .example("FOO=1 p nothing", "Not checked: it does not begin with the program.")
            .example("ls | p leaf --bogus > 'a file'", "Wrong.")
        #expect(
            table.defects() == [
                "`p`: example `ls | p leaf --bogus > 'a file'`: `p leaf` has no option “--bogus”"
            ])
    }

    private static let leaf = CommandTable("leaf", "Be a leaf")

    @Test(arguments: [
        ("", []), ("a b", [["a", "b"]]), ("a 'b c' \"d 'e\"", [["a", "b c", "d 'e"]]),
        ("a '' b\\ c", [["a", "", "b c"]]),
        ("a | b&&c; d", [["a"], ["b"], ["c"], ["d"]]), ("a > out b < in", [["a", "b"]]),
        ("a '|' b", [["a", "|", "b"]]),
    ])
    func `shell lines are read as commands`(line: String, commands: [[String]]) {
        #expect(ShellWords.commands(in: line) == commands)
    }
}
