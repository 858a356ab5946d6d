package import OrchCore
import Platform
import Testing

/// What every `AgentKeeper` keeps, clause by clause; each runs on a stage of its own.
package struct AgentKeeperContract: Sendable, CustomTestStringConvertible {
    package let testDescription: String
    private let clause: @Sendable (any AgentKeeperStage) throws -> Void

    init(_ testDescription: String, _ clause: @escaping @Sendable (any AgentKeeperStage) throws -> Void) {
        self.testDescription = testDescription
        self.clause = clause
    }

    package func check(_ stage: any AgentKeeperStage) throws { try clause(stage) }

    /// What an agent of a stage does.
    package enum Act: Sendable {
        case say(String)
        /// Reads one line.
        case awaitInput
        case awaitEndOfInput
        case exit(Int32)
        case hang
    }

    package static let clauses = [
        AgentKeeperContract("lines come whole and in order, then how it ended, once") { stage in
            let process = try stage.start([.say("one"), .say("zwei €"), .exit(3)])
            let expected: [AgentSignal] = [.line("one", end: 4), .line("zwei €", end: 13), .exited(3)]
            #expect(try signals(of: process) == expected)
            #expect(try process.next(timeout: .zero).isEmpty)
            #expect(process.volumeBytes == 13)
        },
        AgentKeeperContract("nothing is adopted where nothing was started") { stage in
            let found = try stage.keeper.adopt(stage.leg)
            #expect(found == nil)
        },
        AgentKeeperContract("a later host reads from the first byte, and has the agent's input") { stage in
            let first = try stage.start([.say("one"), .awaitEndOfInput, .exit(0)])
            #expect(try signals(of: first) { $0.count == 1 } == [.line("one", end: 4)])
            let later = try #require(try stage.keeper.adopt(stage.leg))
            later.closeInput()
            #expect(try signals(of: later) == [.line("one", end: 4), .exited(0)])
        },
        AgentKeeperContract("a leg is started once") { stage in
            let acts: [Act] = [.say("one"), .awaitEndOfInput, .exit(0)]
            let first = try stage.start(acts)
            _ = try signals(of: first) { $0.count == 1 }
            let again = try stage.start(acts)
            again.closeInput()
            #expect(try signals(of: again) == [.line("one", end: 4), .exited(0)])
        },
        AgentKeeperContract("an agent that has ended is adopted with its end") { stage in
            _ = try signals(of: try stage.start([.say("one"), .exit(7)]))
            let later = try #require(try stage.keeper.adopt(stage.leg))
            #expect(try signals(of: later) == [.line("one", end: 4), .exited(7)])
        },
        AgentKeeperContract("words reach its input") { stage in
            let process = try stage.start([.awaitInput, .say("heard"), .exit(0)])
            try process.write("hello\n")
            #expect(process.hasTakenInput)
            #expect(try signals(of: process) == [.line("heard", end: 6), .exited(0)])
        },
        AgentKeeperContract("an agent that is ended ends by the signal") { stage in
            let process = try stage.start([.say("up"), .hang])
            _ = try signals(of: process) { $0.count == 1 }
            process.end()
            #expect(try signals(of: process) == [.exited(143)])
        },
    ]

    /// What comes until the agent is over, or until there is enough.
    package static func signals(
        of process: any AgentProcess,
        until isEnough: ([AgentSignal]) -> Bool = { if case .exited? = $0.last { true } else { false } }
    ) throws -> [AgentSignal] {
        var seen: [AgentSignal] = []
        // A minute, for machines that are busy.
        let deadline = MonotonicTime.now() + .seconds(60)
        while MonotonicTime.now() < deadline {
            seen += try process.next(timeout: .milliseconds(100)).filter { $0 != .poked }
            if isEnough(seen) { return seen }
        }
        Issue.record("not within the time; seen: \(seen.suffix(9))")
        return seen
    }
}

/// A keeper, a leg, and agents that do as they are told.
package protocol AgentKeeperStage {
    var keeper: any AgentKeeper { get }
    var leg: AgentLeg { get }
    /// How to start an agent that does so, one act after the other.
    func launch(_ acts: [AgentKeeperContract.Act]) -> AgentLaunch
}

extension AgentKeeperStage {
    fileprivate func start(_ acts: [AgentKeeperContract.Act]) throws -> any AgentProcess {
        try keeper.start(launch(acts), in: leg)
    }
}

/// The fake, as the engine's tests use it.
package struct FakeKeeperStage: AgentKeeperStage {
    private let fake = FakeKeeper(fuse: Fuse(), clock: TestClock())
    package let leg = AgentLeg(number: 1, attemptDirectory: "/attempt", worktree: "/tree", environment: [:])

    package init() {}

    package var keeper: any AgentKeeper { fake }

    package func launch(_ acts: [AgentKeeperContract.Act]) -> AgentLaunch {
        var inputs = 0
        fake.scripts.append(
            acts.map { act in
                switch act {
                case .say(let text): return .line(text)
                case .awaitInput:
                    inputs += 1
                    return .awaitInput(inputs)
                case .awaitEndOfInput: return .awaitEndOfInput
                case .exit(let status): return .exit(status)
                case .hang: return .hang
                }
            })
        return AgentLaunch(program: "agent", arguments: [])
    }
}
