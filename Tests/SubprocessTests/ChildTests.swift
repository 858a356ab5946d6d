import KitTesting
import Platform
import Subprocess
import Testing

struct ChildTests {
    private func readToEnd(_ child: inout Child) throws -> String {
        var bytes: [UInt8] = []
        let deadline = MonotonicTime.now() + .seconds(60)
        var poll = EventPoll<Void>()
        while let descriptor = child.outputDescriptor {
            try #require(MonotonicTime.now() < deadline)
            poll.watch(descriptor, for: .readable, as: ())
            _ = try poll.wait(timeout: .seconds(1))
            if case .bytes(let chunk) = child.readOutput() { bytes += chunk }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `talks both ways while it runs`() throws {
        var child = try Child(.plain("cat"), .init(input: .pipe, output: .pipe))
        #expect(child.readOutput() == .nothingYet)
        #expect(try child.tryWait() == nil)
        for line in ["one\n", "two\n"] {
            #expect(child.write(Array(line.utf8)[...]) == 4)
            var poll = EventPoll<Void>()
            let descriptor = child.outputDescriptor
            poll.watch(try #require(descriptor), for: .readable, as: ())
            #expect(try poll.wait(timeout: .seconds(60)).count == 1)
            #expect(child.readOutput() == .bytes(Array(line.utf8)))
        }
        child.closeInput()
        #expect(child.inputDescriptor == nil)
        #expect(try readToEnd(&child).isEmpty)
        #expect(child.readOutput() == .end)
        #expect(try child.wait(deadline: .now() + .seconds(60)) == .exited(0))
        #expect(try child.tryWait() == .exited(0), "may be asked again")
    }

    @Test func `a full pipe takes nothing and does not wait`() throws {
        var child = try Child(.plain("sleep", "600"), .init(input: .pipe))
        let chunk = [UInt8](repeating: 0, count: 1 << 20)
        #expect((child.write(chunk[...]) ?? 0) > 0)
        #expect(child.write(chunk[...]) == 0)
    }

    @Test func `writing to a child that is gone says so and raises no signal`() throws {
        var child = try Child(.plain("true"), .init(input: .pipe))
        #expect(try child.wait(deadline: .now() + .seconds(60)) == .exited(0))
        // A program that another test is just starting has copies of all our descriptors for a moment.
        #expect(eventually { child.write([1, 2, 3]) == nil })
        #expect(child.inputDescriptor == nil)
        #expect(child.write([1, 2, 3]) == nil)
    }

    @Test func `waits no longer than told`() throws {
        let child = try Child(.plain("sleep", "600"))
        let start = MonotonicTime.now()
        #expect(try child.wait(deadline: start + .milliseconds(30)) == nil)
        #expect(MonotonicTime.now() - start >= .milliseconds(30))
        child.signalGroup(SignalNumber.terminate)
        #expect(try child.wait(deadline: .now() + .seconds(60)) == .signalled(SignalNumber.terminate))
    }

    @Test func `the exit can be polled for`() throws {
        let child = try Child(.plain("true"))
        var poll = EventPoll<String>()
        poll.watch(child.exitDescriptor, for: .readable, as: "exit")
        #expect(try poll.wait(timeout: .seconds(60)).map(\.source) == ["exit"])
        #expect(try child.tryWait() == .exited(0))
    }

    @Test func `files are appended to`() throws {
        let folder = TemporaryFolder()
        let log = try folder.file("log", "before\n")
        for _ in 0..<2 {
            let child = try Child(.shell("echo out; echo err >&2"), .init(output: .file(log)))
            #expect(try child.wait(deadline: .now() + .seconds(60)) == .exited(0))
        }
        #expect(try WholeFile.read(log, limitBytes: 100) == Array("before\nout\nerr\nout\nerr\n".utf8))
    }

    @Test func `a descriptor of ours can be given`() throws {
        let folder = TemporaryFolder()
        let input = try FileDescriptor(opening: try folder.file("input", "given"), 0)
        var child = try Child(.plain("cat"), .init(input: .descriptor(input.raw), output: .pipe))
        #expect(try readToEnd(&child) == "given")
    }

    @Test func `errors have a pipe of their own if asked`() throws {
        var child = try Child(.shell("echo out; echo err >&2"), .init(output: .pipe, error: .pipe))
        #expect(try child.wait(deadline: .now() + .seconds(60)) == .exited(0))
        #expect(child.readError() == .bytes(Array("err\n".utf8)))
        #expect(try readToEnd(&child) == "out\n")
    }

    @Test(arguments: [(Child.Group.newSession, true, true), (.new, false, true), (.ours, false, false)])
    func `belongs to the group asked for`(group: Child.Group, ownSession: Bool, ownGroup: Bool) throws {
        var child = try Child(.shell("ps -o sid= -o pgid= -p $$"), .init(output: .pipe), group: group)
        let pid = child.pid
        let numbers = try readToEnd(&child).split { $0 == " " || $0 == "\n" }.map { Int32($0) }
        #expect(numbers.map { $0 == pid } == [ownSession, ownGroup])
    }

    @Test func `when its owner goes, the group is killed and nothing is left to reap`() throws {
        var pids: [Int32] = []
        do {
            var child = try Child(.shell("trap '' TERM; sleep 600 & echo $!; wait"), .init(output: .pipe))
            pids.append(child.pid)
            var line: [UInt8] = []
            _ = eventually {
                if case .bytes(let bytes) = child.readOutput() { line += bytes }
                return line.last == 10
            }
            pids.append(try #require(Int32(String(decoding: line.dropLast(), as: UTF8.self))))
        }
        #expect(ProcessRecord(of: pids[0]) == nil)
        #expect(eventually { ProcessIdentity(of: pids[1]) == nil })
    }

    @Test func `ends politely, then not`() throws {
        let polite = try Child(.plain("sleep", "600"))
        #expect(try polite.end(grace: .seconds(60)) == .signalled(SignalNumber.terminate))
        var stubborn = try Child(
            .shell("trap '' TERM; echo ready; while :; do sleep 600; done"), .init(output: .pipe))
        #expect(eventually { stubborn.readOutput() != .nothingYet })
        #expect(try stubborn.end(grace: .milliseconds(50)) == .signalled(9))
    }

    @Test func `a detached program lives on`() throws {
        let folder = TemporaryFolder()
        let log = "\(folder.path)/log"
        let pid = try Child.detached(.shell("echo started; exec sleep 600"), output: .file(log))
        #expect(eventually { (try? WholeFile.read(log, limitBytes: 100)) == Array("started\n".utf8) })
        #expect(try Child.reap(pid) == nil)
        #expect(ProcessIdentity(of: pid)?.isAlive == true)
        end(pid)
        var exit: Exit?
        let isReaped = try eventually {
            exit = try Child.reap(pid)
            return exit != nil
        }
        #expect(isReaped)
        #expect(exit == .signalled(9))
        #expect(throws: SystemError.self) { try Child.reap(pid) }
    }

    @Test func `an output file in no folder is an error`() {
        #expect(throws: SubprocessError.self) {
            try Child.detached(.plain("true"), output: .file("/no/such/folder/log"))
        }
    }
}
