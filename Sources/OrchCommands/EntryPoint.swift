import Subprocess

/// The process's own words and variables, given to the program. Outside main.swift, whose code
/// belongs to the main actor.
package func runProgram() -> Int32 {
    let words = Array(CommandLine.arguments.dropFirst())
    let environment = Command.Environment.current().values
    do {
        return Program.run(words, environment: try ServiceSecrets.added(to: environment))
    } catch {
        return ErrorPrinter(terminal: TerminalStyle(environment: environment)).report(error, wantsJSON: false)
    }
}
