import Arguments
import JSON

/// `orch version`, and `--version` anywhere.
enum VersionCommand: Subcommand {
    static let table = CommandTable("version", "Print the version", group: "This program")

    static func run(_ context: Context) -> Int32 { show(asJSON: context.wantsJSON) }

    static func show(asJSON: Bool) -> Int32 {
        let json = JSONValue.object([
            "name": .string(Program.name), "version": .string(Program.version),
        ])
        Console.out(asJSON ? json.text() : "\(Program.name) \(Program.version)")
        return 0
    }
}
