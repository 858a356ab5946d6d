package import OrchCore

/// Agents that follow a script, and live on when their host dies.
package final class FakeKeeper: AgentKeeper {
    /// What an agent does next.
    package enum Act {
        case line(String)
        /// It ends by itself with this status; nil: nobody knows.
        case exit(Int32?)
        /// Something happens elsewhere, and before anybody looks it ends well.
        case lastly(() throws -> Void)
        /// It waits until so many texts came on its standard input.
        case awaitInput(Int)
        case awaitEndOfInput
        /// It reads its input no more, or again.
        case deaf(Bool)
        /// Something happens elsewhere.
        case meanwhile(() throws -> Void)
        /// It says nothing for ever.
        case hang
        case typed(String)
        case dismissed
        /// Reading from it fails.
        case breakDown(AgentKeeperError)
    }

    /// One agent process, living or ended.
    package final class Leg {
        var script: [Act]
        var lines: [(text: String, end: Int)] = []
        var exit: Int32??
        package fileprivate(set) var input: [String] = []
        package fileprivate(set) var isInputClosed = false
        package fileprivate(set) var isAskedToEnd = false
        fileprivate var isDeaf = false
        package let launch: AgentLaunch
        package let environment: [String: String]

        /// It ends without having been seen to.
        package func endAlready(_ status: Int32) { exit = .some(status) }

        init(script: [Act], launch: AgentLaunch, environment: [String: String]) {
            self.script = script
            self.launch = launch
            self.environment = environment
        }
    }

    let fuse: Fuse
    let clock: TestClock
    /// The scripts of the legs that are still to come.
    package var scripts: [[Act]] = []
    package private(set) var legs: [(directory: String, leg: Leg)] = []
    /// Thrown by every start from now on.
    package var failure: AgentKeeperError?
    package var errorTail = ""

    package init(fuse: Fuse, clock: TestClock) {
        self.fuse = fuse
        self.clock = clock
    }

    static let dead = AgentKeeperError.failed(detail: "dead")

    package func start(
        _ launch: AgentLaunch, in leg: AgentLeg
    ) throws(AgentKeeperError) -> any AgentProcess {
        try fuse.guarding(dead: Self.dead) { () throws(AgentKeeperError) in
            if let failure { throw failure }
            if let running = find(leg) { return FakeProcess(running, of: self) }
            let script = scripts.isEmpty ? [] : scripts.removeFirst()
            let made = Leg(script: script, launch: launch, environment: leg.environment)
            legs.append((leg.directory, made))
            return FakeProcess(made, of: self)
        }
    }

    package func adopt(_ leg: AgentLeg) throws(AgentKeeperError) -> (any AgentProcess)? {
        try fuse.guarding(dead: Self.dead) { () throws(AgentKeeperError) in
            find(leg).map { FakeProcess($0, of: self) }
        }
    }

    private func find(_ leg: AgentLeg) -> Leg? { legs.first { $0.directory == leg.directory }?.leg }
}

/// A host's view of a leg, which it reads from the first line.
final class FakeProcess: AgentProcess {
    private let leg: FakeKeeper.Leg
    private let keeper: FakeKeeper
    private var linesRead = 0
    private var isOver = false

    init(_ leg: FakeKeeper.Leg, of keeper: FakeKeeper) {
        self.leg = leg
        self.keeper = keeper
    }

    func next(timeout: Duration) throws(AgentKeeperError) -> [AgentSignal] {
        if isOver { return [] }
        guard keeper.fuse.pass() else { throw FakeKeeper.dead }
        if linesRead < leg.lines.count {
            let unread = leg.lines[linesRead...]
            linesRead = leg.lines.count
            return unread.map { .line($0.text, end: $0.end) }
        }
        if let exit = leg.exit { return over(exit) }
        if leg.isAskedToEnd, !leg.script.contains(where: { if case .exit = $0 { true } else { false } }) {
            leg.exit = .some(143)
            return over(143)
        }
        return try play(timeout)
    }

    private func over(_ status: Int32?) -> [AgentSignal] {
        isOver = true
        return [.exited(status)]
    }

    private func play(_ timeout: Duration) throws(AgentKeeperError) -> [AgentSignal] {
        guard let act = leg.script.first else { return idle(timeout) }
        switch act {
        case .hang: return idle(timeout)
        case .awaitInput(let count) where leg.input.count < count: return idle(timeout)
        case .awaitEndOfInput where !leg.isInputClosed: return idle(timeout)
        default: leg.script.removeFirst()
        }
        switch act {
        case .line(let text):
            leg.lines.append((text, (leg.lines.last?.end ?? 0) + text.utf8.count + 1))
            linesRead += 1
            return leg.lines.last.map { [.line($0.text, end: $0.end)] } ?? []
        case .exit(let status):
            leg.exit = .some(status)
            return over(status)
        case .lastly(let event):
            do { try event() } catch { throw .failed(detail: "\(error)") }
            leg.exit = .some(0)
            return over(0)
        case .typed(let words): return [.typed(words)]
        case .dismissed: return [.dismissed]
        case .breakDown(let error): throw error
        case .deaf(let isDeaf):
            leg.isDeaf = isDeaf
            return [.poked]
        case .meanwhile(let event):
            do { try event() } catch { throw .failed(detail: "\(error)") }
            return [.poked]
        case .awaitInput, .awaitEndOfInput, .hang: return [.poked]
        }
    }

    private func idle(_ timeout: Duration) -> [AgentSignal] {
        keeper.clock.advance(timeout)
        return []
    }

    func write(_ text: String) throws(AgentKeeperError) {
        try keeper.fuse.guarding(dead: FakeKeeper.dead) { () throws(AgentKeeperError) in
            leg.input.append(text)
        }
    }

    var hasTakenInput: Bool { !leg.isDeaf }
    var volumeBytes: Int { (leg.lines.last?.end ?? 0) + keeper.errorTail.utf8.count }

    func closeInput() { keeper.fuse.guarding { leg.isInputClosed = true } }

    func end() { keeper.fuse.guarding { leg.isAskedToEnd = true } }

    func errorTail(limit: Int) -> String { String(keeper.errorTail.suffix(limit)) }
}
