import Arguments
import OrchAdapters
import OrchCore
import Platform

/// `orch listen`: becomes `orch-listener`, so that what that links never slows a tick.
enum ListenCommand: Subcommand {
    static let table = CommandTable(
        "listen", "Hear of things at once, rather than at the next tick", group: "Running"
    ) {
        Option("address", "ADDRESS", "Listen there by TCP, rather than at `listen.address`")
        Option("socket", "PATH", "The unix socket, rather than `listen.socket`", .file)
    }
    .discussion(
        """
        It takes in GitHub's webhooks and chat messages, starts what they are about, and shows runs to whoever looks on. \
        It never acts itself, and nothing depends on it: without it the next tick finds out. `orch service install \
        --listen` keeps it running.
        """
    )
    .example("orch listen", "Listen, until Ctrl-C.")
    .exitStatus(3, "Wrong configuration, such as webhooks without a secret.")
    .environment("ORCH_WEBHOOK_SECRET", "What GitHub signs its webhooks with.")

    static let answersInJSON = false

    static func run(_ context: Context) throws -> Int32 {
        var environment = try ServiceSecrets.added(to: context.environment, ofHome: context.home.home)
        for (option, variable) in [("address", "ORCH_LISTEN_ADDRESS"), ("socket", "ORCH_LISTEN_SOCKET")] {
            if let value = context.arguments.value(option) { environment[variable] = value }
        }
        try ProgramImage.become([try program()], environment: environment)
    }

    /// It lies beside `orch`: of another version than this one it would not know the store.
    private static func program() throws -> String {
        let own = ExecutablePath.current() ?? ""
        let folder = own.lastIndex(of: "/").map { String(own[..<$0]) } ?? "."
        let program = "\(folder)/orch-listener"
        guard FileStatus.ifPresent(program) != nil else {
            throw CommandFailure(
                problem: "there is no `orch-listener` beside \(own.isEmpty ? "orch" : own)",
                fix: "install orch again; both come with it")
        }
        return program
    }
}

extension Context {
    /// `listen` of the global configuration, the only one that counts for it, with the secrets that it has
    /// from service.env.
    ///
    /// - Throws: `ConfigError` where the configuration cannot be used.
    func listenSettings() throws -> Settings.Listen {
        let all = try ServiceSecrets.added(to: environment, ofHome: home.home)
        return try Configuration.read(home, project: nil, environment: all).checked().listen
    }
}
