/// What a timer starts, how often, and with which environment.
struct ServiceDefinition: Equatable {
    /// The absolute path of orch.
    let program: String
    let jobs: [ServiceJob]
    /// The account that the system's timer runs it as; nil for a timer of the user's own.
    let user: String?
    /// Everything that the timer adds to its bare environment.
    let environment: [String: String]
    let home: String
    /// Where `orch listen` listens; nil where it is not kept running.
    var listener: ListenerPlaces?

    /// Kept out of the unit, which everybody may read.
    var secretsFile: String { ServiceSecrets.file(in: home) }
}

/// The sockets that a service manager opens for `orch listen`.
struct ListenerPlaces: Equatable {
    /// By TCP; empty: nowhere.
    let address: String
    /// The path of the unix socket.
    let socket: String
}

/// One of orch's commands, started again and again.
struct ServiceJob: Equatable {
    /// The word after `orch`, and a part of the timer's name.
    let command: String
    /// From start to start; whole seconds, at least 1.
    let interval: Duration

    static let commands = ["tick", "sync"]
    /// What is kept running rather than started again and again.
    static let listen = "listen"
    /// Whatever `orch service` may have installed.
    static let all = commands + [listen]
}
