import Arguments
import JSON
import OrchAdapters
import OrchCore

/// `orch config set`: one key, and nothing else in the file changes.
enum ConfigSetCommand: Subcommand {
    static let table = CommandTable("set", "Change one value; comments and order of the file stay") {
        Positional("key", "As in config.example.yml", .required, .asked("config-keys"))
        Positional(
            "value", "Text as it is; anything else as it would stand behind the key: `4`, `true`, `[a, b]`")
        Flag.projectFile
    }
    .example("orch config set workflow.parallel 2", "Two runs at a time, everywhere.")
    .example("orch config set gh.repo octo/app --project-file", "For the project here.")

    static func run(_ context: Context) throws -> Int32 {
        let key = context.arguments.required("key")
        if context.arguments.flag("project-file"), ConfigTable.isGlobal(key) {
            throw UsageError(
                problem: "\(key): only the global file’s counts", fix: "leave out `--project-file`")
        }
        let path = try context.changedConfig()
        try ConfigFile(path).set(key, to: context.arguments.required("value"))
        // The value may be a secret; which key it was says enough.
        context.audit("config-set", "\(key) in \(path)")
        report("Set \(key) in \(path)", isChanged: true, key: key, path, context)
        return 0
    }

    /// What a change of one key says, to people and to scripts.
    static func report(_ words: String, isChanged: Bool, key: String, _ path: String, _ context: Context) {
        guard context.wantsJSON else { return Console.err(words) }
        context.print(
            .object(["key": .string(key), "file": .string(path), "changed": .bool(isChanged)]))
    }
}

extension Flag {
    static let projectFile = Flag("project-file", "In the project's own file rather than the global one")
}

extension Context {
    /// The configuration file that a change goes to.
    func changedConfig() throws -> String {
        guard arguments.flag("project-file") else { return home.config }
        guard let directory = try configuredDirectory() else {
            throw UsageError(
                problem: "this directory is in no repository", fix: "go into one, or add `--project NAME`")
        }
        return HomePaths.projectConfig(of: directory) ?? "\(directory)/.orchestrator.yml"
    }
}
