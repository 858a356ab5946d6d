import KitTesting
import Platform
import Subprocess
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

struct TimeoutTests {
    /// The ids that a script printed, one a line.
    private func processes(_ output: Output) -> [Int32] {
        output.text.split(separator: "\n").compactMap { Int32($0) }
    }

    private func expectGone(_ ids: [Int32], _ count: Int, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(ids.count == count, sourceLocation: sourceLocation)
        for pid in ids {
            let isGone = eventually { ProcessIdentity(of: pid) == nil }
            #expect(isGone, "process \(pid) still runs", sourceLocation: sourceLocation)
        }
    }

    /// Runs the command with longer and longer time-outs, until it got as far as the test wants before its
    /// end: a loaded machine takes a second for what is usually done in milliseconds.
    private func timedOut(_ command: Command, once isReady: (Output) -> Bool) throws -> Output {
        for milliseconds in [100, 1_000, 10_000] {
            let output = try command.with { $0.limits.timeout = .milliseconds(milliseconds) }.run()
            if isReady(output) { return output }
        }
        return try command.with { $0.limits.timeout = .seconds(60) }.run()
    }

    @Test func `ends a program that runs too long`() throws {
        let output = try Command.plain("sleep", "600").with { $0.limits.timeout = .milliseconds(50) }.run()
        #expect(output.exit == .timedOut)
        #expect(output.elapsed >= .milliseconds(50))
        #expect(output.elapsed < .seconds(100))
    }

    @Test func `ends its grandchildren too, and keeps what was written`() throws {
        let script = "sleep 600 & echo $!; (sleep 600 & echo $!; wait) & echo $!; wait"
        let output = try timedOut(Command.shell(script)) { processes($0).count == 3 }
        #expect(output.exit == .timedOut)
        expectGone(processes(output), 3)
    }

    @Test func `kills what ignores the polite signal`() throws {
        let script = "trap '' TERM; echo $$; while :; do sleep 600 & echo $!; wait; done"
        let command = Command.shell(script).with { $0.limits.grace = .milliseconds(100) }
        let output = try timedOut(command) { !processes($0).isEmpty }
        #expect(output.exit == .timedOut)
        #expect(output.elapsed >= .milliseconds(200))
        #expect(output.elapsed < .seconds(100))
        for pid in processes(output) { #expect(eventually { ProcessIdentity(of: pid) == nil }) }
    }

    @Test func `lets it clean up within the grace`() throws {
        let script = "trap 'echo cleaned; exit 0' TERM; echo ready; while :; do sleep 0.01; done"
        let command = Command.shell(script).with { $0.limits.grace = .seconds(300) }
        let output = try timedOut(command) { $0.text.hasPrefix("ready") }
        #expect(output.exit == .timedOut)
        #expect(output.text == "ready\ncleaned\n")
        #expect(output.elapsed < .seconds(100))
    }

    @Test func `the rest of its group may clean up too, whoever ends first`() throws {
        let folder = TemporaryFolder()
        let pipe = "\(folder.path)/ready"
        #expect(mkfifo(pipe, 0o600) == 0)
        let ready = try FileDescriptor(opening: pipe, O_RDWR)
        let cleaning = "trap 'sleep 0.1; : >cleaned; exit' TERM; echo >ready; while :; do sleep 0.01; done"
        let command = Command.shell("(\(cleaning)) >/dev/null 2>&1 & exec sleep 600").with {
            $0.workingDirectory = folder.path
            $0.limits.grace = .seconds(300)
        }
        let start = MonotonicTime.now()
        #expect(try command.run(cancelledBy: ready.raw).exit == .cancelled)
        #expect(FileStatus.ifPresent("\(folder.path)/cleaned") != nil)
        #expect(MonotonicTime.now() - start < .seconds(100))
    }

    @Test func `ends a stopped program`() throws {
        let command = Command.shell("kill -STOP $$").with {
            $0.limits.timeout = .milliseconds(50)
            $0.limits.grace = .seconds(300)
        }
        let output = try command.run()
        #expect(output.exit == .timedOut)
        #expect(output.elapsed < .seconds(100))
    }

    @Test func `an endless writer is stopped in time and within the limit`() throws {
        let command = Command.plain("yes").with { $0.limits.outputBytes = 1 << 16 }
        let output = try timedOut(command) { $0.isOutputTruncated }
        #expect(output.exit == .timedOut)
        #expect(output.standardOutput.count == 1 << 16)
        #expect(output.isOutputTruncated)
    }

    @Test func `what a program leaves in its group ends with it`() throws {
        let holding = try Command.shell("sleep 600 & echo $!").run()
        #expect(holding.exit == .exited(0))
        #expect(holding.elapsed < .seconds(50))
        expectGone(processes(holding), 1)
        let silent = try Command.shell("sleep 600 >/dev/null 2>&1 & echo $!").run()
        expectGone(processes(silent), 1)
    }

    @Test func `the last words of a group are waited for`() throws {
        let folder = TemporaryFolder()
        // Its descriptor 4 ends when nobody has 5 any more: with the shell, which the last words outlive by
        // that.
        let script = """
            mkfifo end; exec 3<>end; exec 4<end; exec 5>end; exec 3>&-
            (exec 5>&-; read -r _ <&4; echo late) & exec 4<&-; echo early
            """
        let output = try Command.shell(script).with { $0.workingDirectory = folder.path }.run()
        #expect(output.text == "early\nlate\n")
    }

    @Test func `a daemon that keeps the output open does not hold us up`() throws {
        let program = ProgramSearch.find("setsid", path: "/usr/bin:/bin")
        try #require(program != nil || !isContinuousIntegration, "needs setsid")
        guard program != nil else { return }
        let folder = TemporaryFolder()
        let daemonize = "setsid sh -c 'echo $$; : >ready; exec sleep 600' & "
        let command = Command.shell(daemonize + "while [ ! -e ready ]; do sleep 0.01; done")
        let start = MonotonicTime.now()
        let output = try command.with { $0.workingDirectory = folder.path }.run()
        #expect(MonotonicTime.now() - start < .seconds(100))
        let daemon = try #require(processes(output).first)
        #expect(ProcessIdentity(of: daemon)?.isAlive == true)
        end(daemon)
    }
}
