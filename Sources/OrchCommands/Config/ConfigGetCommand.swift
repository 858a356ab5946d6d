import Arguments
import OrchAdapters
import OrchCore
import YAML

/// `orch config get`: a value in effect.
enum ConfigGetCommand: Subcommand {
    static let table = CommandTable("get", "Print a value in effect, or all below a section") {
        Positional("key", "As in config.example.yml", .required, .asked("config-keys"))
    }
    .discussion(
        """
        The global file, the project's over it, and the environment's variables over both. Nothing is printed for what \
        is not set.
        """
    )

    static func run(_ context: Context) throws -> Int32 {
        let configuration = Configuration.read(
            context.home, project: try context.configuredDirectory(), environment: context.environment)
        let value = try configuration.value(of: context.arguments.required("key"))
        if context.wantsJSON {
            context.print(value.json)
        } else {
            let text = ConfigImage.text(of: value)
            if !text.isEmpty { Console.out(text) }
        }
        return 0
    }
}

extension Context {
    /// The folder whose configuration file counts: a project's even where that file cannot be used; nil
    /// outside of all.
    func configuredDirectory() throws -> String? {
        let here = environment["PROJECT_DIR"] ?? WorkingDirectory.current()
        guard let wanted = arguments.value("project") else { return GitPlace(around: here)?.top }
        let path = WorkingDirectory.canonical(wanted)
        if HomePaths.projectConfig(of: path) != nil { return path }
        return try project().directory
    }
}

/// A configured value, to people.
enum ConfigImage {
    /// A scalar as it is, a collection as YAML; empty for null.
    static func text(of node: Node) -> String {
        switch node.content {
        case .null: ""
        case .sequence, .mapping: node.yaml()
        default: node.text ?? ""
        }
    }
}
