/// What a command line asks for.
package enum Invocation: Sendable {
    case command(ParsedArguments)
    /// `--help`, `-h` or `help …`; render with `HelpRenderer`.
    case help(CommandPath)
    case version
}

extension CommandTable {
    /// Reads `words`, the program's name excluded, by the GNU conventions.
    ///
    /// Options and arguments mix in any order until `--`; `--option value`, `--option=value`, `-o value`,
    /// `-ovalue` and bundled flags are the same to it. A word such as `-5` is an argument unless there is an
    /// option `-5`. Options cannot be abbreviated (getopt_long allows it): a script must not break when an
    /// option is added. The first mistake is thrown; `--help` before it wins.
    package func parse(_ words: [String]) throws(ArgumentsError) -> Invocation {
        var scanner = ArgumentScanner(self, words)
        return try scanner.scan()
    }
}
