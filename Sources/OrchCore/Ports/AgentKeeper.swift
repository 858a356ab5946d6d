/// Starts agents so that they outlive their host, and finds them again.
///
/// A *leg* is one agent process within a run: the first one, or a resumption with a person's words.
/// Each leg has a folder of its own in the attempt's folder, which holds its output, its errors,
/// its input and how it ended.
package protocol AgentKeeper {
    /// Starts the agent of this leg under a keeper: a process of its own session that survives the host,
    /// holds the agent's input open, writes down its exit, and takes every descendant with it when it ends.
    ///
    /// A leg that was started already is adopted instead: a second agent is never started in the same folder.
    func start(_ launch: AgentLaunch, in leg: AgentLeg) throws(AgentKeeperError) -> any AgentProcess

    /// The agent of a leg that an earlier host started, alive or ended; nil where
    /// nothing was ever started there.
    func adopt(_ leg: AgentLeg) throws(AgentKeeperError) -> (any AgentProcess)?
}

/// Where one agent process of a run lives.
package struct AgentLeg: Equatable, Sendable {
    /// From 1.
    package let number: Int
    /// `ATTEMPT/legs/NUMBER`, absolute.
    package let directory: String
    /// The agent's working directory.
    package let worktree: String
    /// The agent's whole environment; nothing else is inherited.
    package let environment: [String: String]

    package init(number: Int, attemptDirectory: String, worktree: String, environment: [String: String]) {
        self.number = number
        directory = "\(attemptDirectory)/legs/\(number)"
        self.worktree = worktree
        self.environment = environment
    }
}

/// One agent process, as its host sees it.
package protocol AgentProcess: AnyObject {
    /// Waits until something happens, or `timeout` is over (then the list is empty).
    ///
    /// Output comes as whole lines, from the first one even where an earlier host has read it; `.exited`
    /// comes once, after the last line.
    func next(timeout: Duration) throws(AgentKeeperError) -> [AgentSignal]
    /// Text for the agent's standard input; dropped where it has ended.
    func write(_ text: String) throws(AgentKeeperError)
    /// Whether all text is out of this process, and so survives it; false while the agent does not read.
    var hasTakenInput: Bool { get }
    /// How much it has printed, errors and unfinished lines included.
    var volumeBytes: Int { get }
    /// End of the agent's standard input.
    func closeInput()
    /// Ends the agent and all its descendants: TERM, then KILL. Returns at once; `.exited` follows.
    func end()
    /// The end of its standard error, at most `limit` bytes.
    func errorTail(limit: Int) -> String
}

package enum AgentSignal: Equatable, Sendable {
    /// A line of standard output without its line end, and the offset in bytes behind it.
    case line(String, end: Int)
    /// The beginning of a line that nothing has followed for a moment; the whole line may come later.
    case unfinished(String)
    /// The agent is over. Its status, 128 + n for a signal; nil where its keeper was killed and nobody knows.
    case exited(Int32?)
    /// A person typed a line into the pane.
    case typed(String)
    /// Another process asks the host to look into the store (words, a wish to stop).
    case poked
    /// The host itself is asked to go: it leaves the agent running for the next host.
    case dismissed
}

package enum AgentKeeperError: Error, Equatable, Sendable {
    case programMissing(String)
    case failed(detail: String)
}

extension AgentKeeperError: Explained {
    package var problem: String {
        switch self {
        case .programMissing(let name): "agent program “\(name)” is not on PATH"
        case .failed(let detail): "the agent could not be started: \(detail)"
        }
    }

    package var fix: String {
        switch self {
        case .programMissing(let name): "install \(name), or remove it from `agents:` in config.yml"
        case .failed: "see the attempt's folder (`orch task get ID`), then `orch task retry ID`"
        }
    }
}
