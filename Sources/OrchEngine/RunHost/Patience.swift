import OrchCore

private enum Patience {
    /// How long a host tries to publish: a network that is away longer needs a person.
    static let length: Duration = .seconds(3600)
    /// How long it waits where the other side says until when: longer than any limit GitHub sets, so that a
    /// moment beyond it was written by a clock that was wrong.
    static let longestWait: Duration = .seconds(86_400)
    static let firstPause: Duration = .seconds(5)
    static let longestPause: Duration = .seconds(300)

    static func isLimit(_ error: any Error) -> Bool {
        if case TrackerError.rateLimited = error { true } else { false }
    }

    /// nil where waiting does not help.
    static func pause(after error: any Error, default pause: Duration, now: Timestamp) -> Duration? {
        switch error {
        case TrackerError.rateLimited(let until, _): max(until.since(now), .seconds(1))
        case TrackerError.offline, TrackerError.broken: pause
        case RepositoryError.pushFailed, RepositoryError.fetchFailed: pause
        default: nil
        }
    }
}

extension AgentHost {
    /// Does what talks to a network, again with longer and longer pauses while the other side cannot be
    /// reached.
    ///
    /// - Throws: `Dismissed` where the host is asked to go meanwhile, `StopRequested` where a person stops
    ///   the run; the last error when the patience is at its end, and at once any error that waiting does
    ///   not mend.
    func patiently<Value>(_ act: () throws -> Value) throws -> Value {
        try patiently(mayExist: false) { _ in try act() }
    }

    /// As above, for an act that must not take effect twice.
    ///
    /// - Parameters:
    ///   - mayExist: an earlier host may have done it.
    ///   - act: is told whether an earlier try may have taken effect: an answer that was lost
    ///     on its way is no refusal.
    func patiently<Value>(mayExist: Bool, _ act: (_ mayExist: Bool) throws -> Value) throws -> Value {
        var mayExist = mayExist
        var deadline = now + Patience.length
        let end = now + Patience.longestWait
        var pause = Patience.firstPause
        while true {
            do {
                return try act(mayExist)
            } catch {
                mayExist = true
                guard let length = Patience.pause(after: error, default: pause, now: now) else { throw error }
                // A limit has an end that is known; what comes behind it has the whole patience again.
                if Patience.isLimit(error) { deadline = min(now + length + Patience.length, end) }
                guard now + length <= deadline else { throw error }
                let problem = ErrorText.problem(of: error).firstLine
                try EventLog(host: self).append(
                    beside: .notice("\(problem); trying again in \(length.brief)"))
                guard try ports.wait(length) else { throw Dismissed() }
                if try store.isStopRequested(run.id) { throw StopRequested(during: problem) }
                pause = min(pause * 2, Patience.longestPause)
            }
        }
    }
}

/// A person stopped the run while it waited for a network.
struct StopRequested: Error, Explained {
    /// What it waited for.
    let during: String

    var problem: String { "stopped by a person, while it waited: \(during)" }
    var fix: String { "`orch task retry ID` starts it anew" }
}
