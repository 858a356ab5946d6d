import OrchCore

/// The lease that lets one process at a time decide: a tick, or a command that must not be overtaken by one;
/// a sync has its own, and what people say in threads another.
final class DecisionLease {
    /// Longer than what is done between two renewals: one decision, or the look at one project.
    private static let length: Duration = .seconds(300)

    private let name: String
    private let ports: Ports
    /// nil while it is not ours.
    private var until: Timestamp?
    /// It was ours, and another process has it now.
    private var isLost = false

    /// - Parameter name: `tick`, `sync`, `talk`.
    init(_ name: String, ports: Ports) {
        self.name = name
        self.ports = ports
    }

    /// False where a living process has it.
    func take() throws -> Bool {
        let now = ports.now()
        let end = now + Self.length
        let isTaken = try ports.store.takeLease(
            name, owner: ports.hosts.current, now: now, until: end,
            isGone: { !ports.hosts.isAlive($0) })
        until = isTaken ? end : nil
        return isTaken
    }

    /// Prolongs it where half of it is over; where it is not ours, as in a dry run, nothing happens.
    ///
    /// - Throws: `.overtaken` where it ran out and another process has it, now and each time after: whoever
    ///   gets this stops.
    func renew() throws {
        if isLost { throw EngineError.overtaken }
        guard let until, until.since(ports.now()) < Self.length / 2 else { return }
        isLost = try !take()
        if isLost { throw EngineError.overtaken }
    }

    func release() {
        guard until != nil else { return }
        until = nil
        // A lease that cannot be given back ends with its owner, which is about to be gone.
        try? ports.store.releaseLease(name, owner: ports.hosts.current)
    }
}
