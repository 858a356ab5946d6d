import Arguments
import OrchCore
import Platform

/// The program from its words to its exit status; the one place that picks a status.
package enum Program {
    package static let name = "orch"
    /// Kept in step with CHANGELOG.md by a test.
    package static let version = "0.1.0"
    /// `YYYY-MM-DD`, of that version; in step with CHANGELOG.md too.
    static let releaseDate = "2026-11-23"

    /// - Parameters:
    ///   - words: the command line without the program's own name.
    ///   - environment: the process's variables.
    /// - Returns: 0 done or nothing to do, 1 something failed, 2 wrong usage, 3 wrong configuration.
    package static func run(_ words: [String], environment: [String: String]) -> Int32 {
        let terminal = TerminalStyle(environment: environment)
        do {
            let status = try perform(words, environment: environment, terminal)
            // A full disk behind `>` must not look like success.
            if status == 0, let lost = Console.lostOutput { throw lost }
            return status
        } catch {
            return ErrorPrinter(terminal: terminal).report(error, wantsJSON: words.contains("--json"))
        }
    }

    private static func perform(
        _ words: [String], environment: [String: String], _ terminal: TerminalStyle
    ) throws -> Int32 {
        // Started by orch itself, thousands of times: no table is built for it.
        if let status = try InnerCommands.run(words, environment: environment) { return status }
        switch try CommandTree.root.parse(ConfigCommands.expanded(words)) {
        case .version: return VersionCommand.show(asJSON: words.contains("--json"))
        case .help(let path):
            let renderer = HelpRenderer(width: terminal.width, styled: terminal.isStyled)
            Console.out(renderer.render(path))
            return 0
        case .command(let arguments):
            let context = try Context(arguments: arguments, environment: environment, terminal: terminal)
            return try CommandTree.run(arguments, context)
        }
    }
}
