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

    /// Kept out of the unit, which everybody may read.
    var secretsFile: String { ServiceSecrets.file(in: home) }
}

/// One of orch's commands, started again and again.
struct ServiceJob: Equatable {
    /// The word after `orch`, and a part of the timer's name.
    let command: String
    /// From start to start; whole seconds, at least 1.
    let interval: Duration

    static let commands = ["tick", "sync"]
}
