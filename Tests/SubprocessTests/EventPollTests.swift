import KitTesting
import Platform
import Subprocess
import Testing

@Suite(.serialized)
struct EventPollTests {
    @Test func `without anything ready it waits as long as told`() throws {
        var poll = EventPoll<Void>()
        for length in [Duration.zero, .milliseconds(20), .microseconds(100)] {
            let start = MonotonicTime.now()
            #expect(try poll.wait(timeout: length).isEmpty)
            #expect(MonotonicTime.now() - start >= length)
        }
        #expect(try poll.wait(timeout: .seconds(-1)).isEmpty)
    }

    @Test func `a closed descriptor is an error, not a busy loop`() throws {
        let folder = TemporaryFolder()
        let number = try FileDescriptor(opening: try folder.file("x", ""), 0).release()
        let far = dupWithoutCloseOnExec(number)
        _ = FileDescriptor(owning: number)
        var poll = EventPoll<Void>()
        poll.watch(far, for: .readable, as: ())
        #expect(try poll.wait(timeout: .zero).count == 1)
        _ = FileDescriptor(owning: far)
        poll.watch(4095, for: .readable, as: ())
        #expect(throws: SystemError.self) { try poll.wait(timeout: .zero) }
    }

    @Test func `watching again replaces, forgetting removes`() throws {
        var child = try Child(.plain("cat"), .init(input: .pipe, output: .pipe))
        let descriptor = child.inputDescriptor
        let input = try #require(descriptor)
        var poll = EventPoll<Int>()
        poll.watch(input, for: .writable, as: 1)
        poll.watch(input, for: .writable, as: 2)
        let events = try poll.wait(timeout: .seconds(60))
        #expect(events.map(\.source) == [2])
        #expect(events.allSatisfy { $0.isWritable && !$0.isReadable && $0.descriptor == input })
        poll.forget(input)
        #expect(poll.isEmpty)
        child.closeInput()
    }

    @Test func `signals wake the loop, each once, and no longer when the pipe is gone`() throws {
        do {
            let signals = try SignalPipe([SignalNumber.user1, SignalNumber.window])
            var poll = EventPoll<String>()
            poll.watch(signals.descriptor, for: .readable, as: "signal")
            #expect(signals.take().isEmpty)
            for signal in [SignalNumber.window, SignalNumber.user1, SignalNumber.user1] { raiseHere(signal) }
            var seen: Set<Int32> = []
            while seen.count < 2 {
                let events = try poll.wait(timeout: .seconds(60))
                try #require(events.map(\.source) == ["signal"])
                seen.formUnion(signals.take())
            }
            #expect(seen == [SignalNumber.user1, SignalNumber.window])
        }
        // The default action of this one is to do nothing; of a handler left behind it would be a write to
        // nowhere.
        raiseHere(SignalNumber.window)
        let again = try SignalPipe([SignalNumber.user1])
        #expect(again.take().isEmpty)
    }

    @Test func `a child does not inherit the handlers`() throws {
        #if os(Linux)
            let signals = try SignalPipe([SignalNumber.user1])
            #expect(
                try Command.shell("kill -USR1 $$; echo not reached").run().exit
                    == .signalled(SignalNumber.user1))
            #expect(signals.take().isEmpty)
        #endif
    }
}

struct ExitWatchTests {
    @Test func `tells the end of a process that is no child of ours`() throws {
        var parent = try Child(.shell("sleep 600 & echo $!; wait"), .init(output: .pipe))
        var line: [UInt8] = []
        _ = eventually {
            if case .bytes(let bytes) = parent.readOutput() { line += bytes }
            return line.last == UInt8(ascii: "\n")
        }
        let grandchild = try #require(Int32(String(decoding: line.dropLast(), as: UTF8.self)))
        let watch = try ExitWatch(grandchild)
        var poll = EventPoll<Void>()
        poll.watch(watch.number, for: .readable, as: ())
        #expect(try poll.wait(timeout: .milliseconds(20)).isEmpty)
        end(grandchild)
        #expect(try poll.wait(timeout: .seconds(60)).count == 1)
    }

    @Test func `there is nothing to watch where no process is`() {
        #expect(throws: SystemError.self) { try ExitWatch(Int32.max).number }
    }
}
