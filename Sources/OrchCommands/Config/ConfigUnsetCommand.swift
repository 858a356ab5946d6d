import Arguments
import OrchAdapters
import OrchCore

/// `orch config unset`: one key less, so that what is below this file counts again.
enum ConfigUnsetCommand: Subcommand {
    static let table = CommandTable("unset", "Remove one key; the default counts again") {
        Positional(
            "key", "As in config.example.yml, or one that orch does not know", .required,
            .asked("config-keys"))
        Flag.projectFile
    }
    .discussion("For a key of the project's own file it is the global file that counts again.")
    .example("orch config unset workflow.parallel", "As many runs as orch thinks fit.")

    static func run(_ context: Context) throws -> Int32 {
        let key = context.arguments.required("key")
        let path = try context.changedConfig()
        guard try ConfigFile(path).unset(key) else {
            ConfigSetCommand.report(
                "\(key) is not set in \(path)", isChanged: false, key: key, path, context)
            return 0
        }
        context.audit("config-unset", "\(key) in \(path)")
        ConfigSetCommand.report("Removed \(key) from \(path)", isChanged: true, key: key, path, context)
        return 0
    }
}
