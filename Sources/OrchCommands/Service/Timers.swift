import Subprocess

/// A system's way to start a program again and again; one type a system, and nothing else
/// knows the differences.
protocol Timers {
    /// `systemd`, `launchd`.
    var name: String { get }

    /// - Throws: `ServiceError` where orch's own files are missing or a value cannot be written into them.
    func installation(of definition: ServiceDefinition) throws -> [ServiceStep]

    /// Takes away what is there; empty where nothing is.
    func removal() -> [ServiceStep]

    func status(of command: String) throws -> TimerStatus

    /// What a timer was installed with; nil where none is.
    func installed(_ command: String) throws -> InstalledTimer?

    /// `words`, run in the environment that the timer would give them.
    func command(_ words: [String], as timer: InstalledTimer) -> Command

    /// What stands in the way of a timer that runs when nobody looks; empty where nothing does.
    func shortcomings() -> [Finding]
}

struct InstalledTimer: Equatable {
    let program: String
    /// What the unit adds to the system's bare environment.
    let environment: [String: String]
    /// Files with more of it, which need not exist.
    var environmentFiles: [String] = []
    /// Who the system's timer runs it as; nil for a timer of the user's own.
    var user: String?
}

struct TimerStatus: Equatable {
    let command: String
    var isInstalled = false
    /// It will fire.
    var isActive = false
    /// When it last fired, in the system's own words; nil: never, or not told.
    var lastStart: String?
    /// How the last run ended: nil is well.
    var failure: String?
}
