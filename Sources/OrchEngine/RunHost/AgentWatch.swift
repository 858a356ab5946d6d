import OrchCore

/// Stays with one run's agent until it is over, leg after leg.
///
/// A run has one leg (one agent process) unless a person's words need an agent to be interrupted and resumed.
struct AgentWatch {
    private let host: any AgentHost
    private let adapter: any AgentAdapter
    private let environment: [String: String]
    /// False where the agent is known to be over, and only its report is read again.
    private let mayStart: Bool
    private let log: EventLog
    private var limits: RunLimits
    /// What people said to resume the agent, from the second leg on.
    private var words: [String] = []

    /// How many times words may resume an agent: enough for a long talk, and a bound on a loop.
    private static let legLimit = 50

    init(
        host: any AgentHost, adapter: any AgentAdapter, environment: [String: String], limits: RunLimits,
        mayStart: Bool
    ) {
        self.host = host
        self.adapter = adapter
        self.environment = environment
        self.limits = limits
        self.mayStart = mayStart
        log = EventLog(host: host)
    }

    mutating func report(on request: AgentRequest) throws -> AgentReport {
        let task = request.message
        var request = request
        for number in 1...Self.legLimit {
            if number > 1 { words.append(try LegFiles(number, of: host).message()) }
            request.message = message(task, isResumed: request.resuming != nil)
            limits.beginLeg(continues: adapter.countsWholeSession && request.resuming != nil)
            request.costLimitMicroDollars = limits.costLeft
            guard let watch = try begin(number, request) else {
                return Self.failed(.lost, "what the agent left behind is gone")
            }
            var report = try watch.follow()
            if mayStart { try watch.takeLateWords(after: report) }
            limits = watch.limits
            report.usage = limits.usage
            request.resuming = watch.session ?? report.session ?? request.resuming
            guard watch.isResumed else { return report }
        }
        return Self.failed(.reported, "interrupted more than \(Self.legLimit) times")
    }

    /// An agent whose session goes on needs only the newest words; one that starts over needs its
    /// task, too, and all that was said.
    private func message(_ task: String, isResumed: Bool) -> String {
        if isResumed, let newest = words.last { return newest }
        return ([task] + words.map { "A person says:\n\n\($0)" }).joined(separator: "\n\n")
    }

    /// nil where the agent is not there and may not be started.
    private func begin(_ number: Int, _ request: AgentRequest) throws -> LegWatch? {
        let leg = AgentLeg(
            number: number, attemptDirectory: host.run.directory, worktree: request.worktree,
            environment: environment)
        let keeper = host.ports.keeper
        var process = try keeper.adopt(leg)
        if process == nil, mayStart { process = try keeper.start(adapter.launch(request), in: leg) }
        return process.map {
            LegWatch(
                files: LegFiles(number, of: host), log: log, limits: limits, process: $0,
                conversation: adapter.conversation(request), tellsCost: adapter.tellsCost)
        }
    }

    private static func failed(_ failure: AgentFailure, _ message: String) -> AgentReport {
        var report = AgentReport()
        report.failure = failure
        report.message = message
        return report
    }
}
