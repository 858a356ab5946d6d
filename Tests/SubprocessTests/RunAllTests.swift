import KitTesting
import Platform
import Subprocess
import Testing

struct RunAllTests {
    @Test func `nothing to run is no work`() {
        #expect(Command.runAll([], atMost: 4).isEmpty)
    }

    @Test(arguments: [1, 3, 100])
    func `results are in the order of the commands`(limit: Int) throws {
        let commands = (0..<20).map { number in
            Command.shell("sleep 0.0\((number * 7) % 10); echo \(number); exit \(number)")
        }
        let outputs = try Command.runAll(commands, atMost: limit).map { try $0.get() }
        #expect(outputs.map(\.text) == (0..<20).map { "\($0)\n" })
        #expect(outputs.map(\.exit) == (0..<20).map { .exited($0) })
    }

    @Test func `runs as many at a time as allowed, and no more`() throws {
        let folder = TemporaryFolder()
        // Each one marks its presence, waits until three have been there at once, and prints the most that it
        // saw.
        let script = """
            mkdir marks/$$; most=$(ls marks | wc -l); tries=0
            [ $most -lt 3 ] || : >three
            until [ -e three ] || [ $tries = 500 ]; do
              sleep 0.01; tries=$((tries + 1)); count=$(ls marks | wc -l)
              [ $count -le $most ] || most=$count
              [ $count -lt 3 ] || : >three
            done
            rmdir marks/$$; echo $most
            """
        try Directory.make("\(folder.path)/marks")
        let commands = Array(
            repeating: Command.shell(script).with { $0.workingDirectory = folder.path }, count: 9)
        let seen = try Command.runAll(commands, atMost: 3).compactMap {
            try Int($0.get().text.filter(\.isNumber))
        }
        #expect(seen.count == 9)
        #expect(seen.max() == 3)
    }

    @Test func `one that fails does not disturb the others`() throws {
        let commands = [
            Command.plain("echo", "first"), Command.plain("no-such-program"),
            Command.plain("sleep", "600").with { $0.limits.timeout = .milliseconds(50) },
            Command.plain("echo", "last"),
        ]
        let results = Command.runAll(commands, atMost: 4)
        #expect(try results[0].get().text == "first\n")
        #expect(throws: SubprocessError.self) { try results[1].get() }
        #expect(try results[2].get().exit == .timedOut)
        #expect(try results[3].get().text == "last\n")
    }

    @Test func `a readable descriptor cancels what runs and what waits`() throws {
        let folder = TemporaryFolder()
        let wait = "until [ -e ready.1 ] && [ -e ready.2 ]; do sleep 0.01; done; echo stop"
        var signaller = try Child(
            .shell(wait).with { $0.workingDirectory = folder.path }, .init(output: .pipe))
        let output = signaller.outputDescriptor
        let descriptor = try #require(output)
        let start = MonotonicTime.now()
        let commands = (1...3).map { number in
            Command.shell("echo $$; : >ready.\(number); exec sleep 600").with {
                $0.workingDirectory = folder.path
            }
        }
        let outputs = try Command.runAll(commands, atMost: 2, cancelledBy: descriptor).map { try $0.get() }
        #expect(MonotonicTime.now() - start < .seconds(60))
        #expect(outputs.map(\.exit) == [.cancelled, .cancelled, .cancelled])
        #expect(outputs.map(\.text.isEmpty) == [false, false, true])
        #expect(signaller.readOutput() == .bytes(Array("stop\n".utf8)))
    }

    @Test func `leaks no descriptor and no zombie`() throws {
        let commands = (0..<200).map { number in
            number % 10 == 0
                ? Command.plain("no-such-program") : Command.shell("echo $$").with { $0.input = .text("x") }
        }
        // A leak would be three a command.
        var outputs: [Output] = []
        let grown = leastGrowth(of: openDescriptorCount, below: 150) {
            outputs = Command.runAll(commands, atMost: 8).compactMap { try? $0.get() }
        }
        #expect(grown < 150)
        #expect(outputs.count == 180)
        for output in outputs {
            let pid = try #require(Int32(output.text.filter(\.isNumber)))
            #expect(ProcessRecord(of: pid) == nil, "process \(pid) was not reaped")
        }
    }
}
