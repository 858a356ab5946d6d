import OrchCore
import OrchTesting
import Platform
import Testing

@testable import OrchAdapters

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct FileKeeperTests {
    private let sandbox: KeeperSandbox

    init() throws { sandbox = try KeeperSandbox() }

    @Test(arguments: AgentKeeperContract.clauses) func `keeps the contract`(_ clause: AgentKeeperContract)
        throws
    {
        try clause.check(sandbox)
    }

    @Test(arguments: AgentKeeperContract.clauses)
    func `the fake keeps the contract`(_ clause: AgentKeeperContract) throws {
        try clause.check(FakeKeeperStage())
    }

    @Test func `a program that is not there is named`() throws {
        let launch = AgentLaunch(program: "no-such-agent", arguments: [])
        #expect(throws: AgentKeeperError.programMissing("no-such-agent")) {
            _ = try sandbox.keeper.start(launch, in: sandbox.leg)
        }
    }

    @Test func `a last line without an end is a line`() throws {
        let process = try sandbox.start("printf 'one\\ntwo'")
        let expected: [AgentSignal] = [.line("one", end: 4), .line("two", end: 7), .exited(0)]
        #expect(try AgentKeeperContract.signals(of: process).filter { $0 != .unfinished("two") } == expected)
    }

    @Test func `half a line that nothing follows is told once, for it may be a question`() throws {
        let process = try sandbox.start("printf 'Passphrase: '; read -r word", input: .conversation)
        let seen = try AgentKeeperContract.signals(of: process) { !$0.isEmpty }
        #expect(seen == [.unfinished("Passphrase: ")])
        process.closeInput()
        let rest = try AgentKeeperContract.signals(of: process)
        #expect(rest == [.line("Passphrase: ", end: 12), .exited(1)])
    }

    @Test func `a line too long for memory is counted`() throws {
        let process = try sandbox.start("head -c 17000000 /dev/zero; echo; echo after")
        let seen = try AgentKeeperContract.signals(of: process)
        #expect(seen.first == .line("(a line of 17000000 bytes, not shown)", end: 17_000_001))
        #expect(seen.dropFirst() == [.line("after", end: 17_000_007), .exited(0)])
    }

    @Test func `much output comes in pieces, and its end after all of it`() throws {
        let process = try sandbox.start("seq 100000; exit 5")
        var largest = 0
        var lines = 0
        var last: [AgentSignal] = []
        while last.last != .exited(5) {
            last = try process.next(timeout: .seconds(60))
            try #require(!last.isEmpty)
            lines += last.count { $0 != .exited(5) }
            largest = max(largest, last.count)
        }
        #expect(lines == 100_000)
        #expect(largest < 20_000)
    }

    @Test func `what an agent leaves behind ends with it, also what does not obey`() throws {
        let script = """
            setsid tail -f /dev/null & echo $!
            (trap '' TERM; exec tail -f /dev/null) & echo $!
            """
        let process = try sandbox.start(script)
        let pids = try AgentKeeperContract.signals(of: process).compactMap { signal -> Int32? in
            if case .line(let text, _) = signal { Int32(text) } else { nil }
        }
        #expect(pids.count == 2)
        for pid in pids { #expect(Self.isGone(pid)) }
    }

    @Test func `an agent that ends with words unread takes nobody with it`() throws {
        let process = try sandbox.start("exit 3", input: .conversation)
        // More than a FIFO holds.
        try process.write(String(repeating: "words\n", count: 50_000))
        #expect(try AgentKeeperContract.signals(of: process) == [.exited(3)])
    }

    @Test func `an agent whose keeper is killed ends, and nobody knows how`() throws {
        let process = try sandbox.start("echo $$; exec tail -f /dev/null")
        let first = try AgentKeeperContract.signals(of: process) { !$0.isEmpty }
        guard case .line(let text, _)? = first.first, let agent = Int32(text) else {
            Issue.record("\(first)")
            return
        }
        let keeper = try #require(LegFolder(path: sandbox.leg.directory).keeperIdentity())
        kill(keeper.pid, SIGKILL)
        #expect(try AgentKeeperContract.signals(of: process) == [.exited(nil)])
        #expect(Eventually.holds { Self.isGone(agent) })
    }

    @Test func `a host that comes too late ends what a killed keeper left`() throws {
        let process = try sandbox.start("echo $$; exec tail -f /dev/null")
        let first = try AgentKeeperContract.signals(of: process) { !$0.isEmpty }
        guard case .line(let text, _)? = first.first, let agent = Int32(text) else {
            Issue.record("\(first)")
            return
        }
        let keeper = try #require(LegFolder(path: sandbox.leg.directory).keeperIdentity())
        kill(keeper.pid, SIGKILL)
        #expect(
            Eventually.holds {
                FileKeeper.endAgents(of: "\(sandbox.folder.path)/attempt")
                return Self.isGone(agent)
            })
    }

    /// Whether no process has this number, or only a dead one that nobody has collected yet.
    private static func isGone(_ pid: Int32) -> Bool {
        ProcessIdentity(of: pid) == nil
    }
}
