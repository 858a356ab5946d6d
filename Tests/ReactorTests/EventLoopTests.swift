import KitTesting
import Platform
import Testing

@testable import Reactor

/// Over both of the system's ways to wait, so that the one which this system does not take is tried as well.
@Suite(.serialized)
struct EventLoopTests {
    static let ways = [EventLoop.Waiting.best, .poll]

    @Test(arguments: ways)
    func `a handler hears of what it asked for and nothing else`(_ way: EventLoop.Waiting) throws {
        let loop = try EventLoop(waiting: way)
        let pair = try SocketPair()
        let near = pair.near.raw
        var heard: [EventLoop.Readiness] = []
        try loop.watch(near, for: .readable) { readiness in
            heard.append(readiness)
            #expect(receive(from: near) == "x")
            loop.stop()
        }
        send("x", to: pair.far.raw)
        #expect(try loop.runPatiently())
        #expect(heard == [.readable])
        // It is writable all the time: said only once it is asked for.
        try loop.setInterest([.readable, .writable], of: near)
        loop.forget(near)
        try loop.watch(near, for: [.readable, .writable]) { readiness in
            heard.append(readiness)
            loop.stop()
        }
        #expect(try loop.runPatiently())
        #expect(heard == [.readable, .writable])
        loop.forget(near)
    }

    @Test(arguments: ways)
    func `without interest not even the end is heard, and with it at once`(_ way: EventLoop.Waiting) throws {
        let loop = try EventLoop(waiting: way)
        var ends: SocketPair? = try SocketPair()
        let near = try FileDescriptor.duplicating(ends?.near.raw ?? -1)
        var heard = 0
        try loop.watch(near.raw, for: []) { _ in
            heard += 1
            loop.stop()
        }
        ends = nil
        loop.after(.milliseconds(20)) { loop.stop() }
        #expect(try loop.runPatiently())
        #expect(heard == 0)
        try loop.setInterest(.readable, of: near.raw)
        #expect(try loop.runPatiently())
        #expect(heard == 1)
        loop.forget(near.raw)
    }

    /// Both are ready in one turn. Whoever comes first takes the other away and puts a new watch in its
    /// place, which has not become ready.
    @Test(arguments: ways)
    func `what was given up in a turn hears nothing in it`(_ way: EventLoop.Waiting) throws {
        let loop = try EventLoop(waiting: way)
        let one = try SocketPair()
        let other = try SocketPair()
        let numbers = [one.near.raw, other.near.raw]
        var calls = 0
        for (mine, theirs) in zip(numbers, numbers.reversed()) {
            try loop.watch(mine, for: .readable) { _ in
                calls += 1
                loop.forget(theirs)
                // A watch of another generation: the event that is under way is not its own.
                #expect(throws: Never.self) { try loop.watch(theirs, for: .writable) { _ in calls += 100 } }
                loop.atEndOfTurn { loop.stop() }
            }
        }
        send("x", to: one.far.raw)
        send("x", to: other.far.raw)
        #expect(try loop.runPatiently())
        #expect(calls == 1)
        for number in numbers { loop.forget(number) }
    }

    @Test(arguments: ways)
    func `a thousand watches come and go`(_ way: EventLoop.Waiting) throws {
        let loop = try EventLoop(waiting: way)
        let pair = try SocketPair()
        var generator = SeededGenerator(seed: 4)
        var copies: [Int32] = []
        defer { for copy in copies { _ = FileDescriptor(owning: copy) } }
        for _ in 0..<1000 {
            if copies.count > 20 || generator.chance(40),
                let last = copies.indices.randomElement(using: &generator)
            {
                let copy = copies.remove(at: last)
                loop.forget(copy)
                _ = FileDescriptor(owning: copy)
            } else {
                let copy = try FileDescriptor.duplicating(pair.near.raw).release()
                copies.append(copy)
                try loop.watch(copy, for: .readable) { _ in }
            }
        }
        var heard: Set<Int32> = []
        for copy in copies {
            loop.forget(copy)
            try loop.watch(copy, for: .readable) { _ in
                heard.insert(copy)
                if heard.count == copies.count { loop.stop() }
            }
        }
        send("x", to: pair.far.raw)
        #expect(try loop.runPatiently())
        #expect(heard == Set(copies))
        for copy in copies { loop.forget(copy) }
    }

    @Test func `the turn's end comes after all that was ready together`() throws {
        let loop = try EventLoop()
        let one = try SocketPair()
        let other = try SocketPair()
        var order: [String] = []
        for near in [one.near.raw, other.near.raw] {
            try loop.watch(near, for: .readable) { _ in
                _ = receive(from: near)
                order.append("ready")
                if order.count == 1 { loop.atEndOfTurn { order.append("end") } }
            }
        }
        send("x", to: one.far.raw)
        send("x", to: other.far.raw)
        loop.atEndOfTurn { loop.atEndOfTurn { loop.stop() } }
        #expect(try loop.runPatiently())
        #expect(order == ["ready", "ready", "end"])
        loop.forget(one.near.raw)
        loop.forget(other.near.raw)
    }

    @Test func `a signal is heard on the loop's thread`() throws {
        let loop = try EventLoop()
        var heard: [Int32] = []
        let watch = try loop.onSignals([userSignal]) { signal in
            heard.append(signal)
            loop.stop()
        }
        raiseHere(userSignal)
        #expect(try loop.runPatiently())
        #expect(heard == [userSignal])
        withExtendedLifetime(watch) {}
    }
}
