import KitTesting
import Platform
import Testing

@testable import Reactor

struct TimerTests {
    @Test func `timers fire in their order, those of one moment as they were made`() {
        var queue = TimerQueue()
        var fired: [Int] = []
        var expected: [(moment: Int64, number: Int)] = []
        var generator = SeededGenerator(seed: 11)
        for number in 0..<500 {
            let moment = Int64(generator.below(50))
            let timer = queue.add(at: MonotonicTime(nanoseconds: moment)) { fired.append(number) }
            if generator.chance(50) {
                queue.cancel(timer)
                queue.cancel(timer)
            } else {
                expected.append((moment, number))
            }
        }
        #expect(queue.count == expected.count)
        for now in stride(from: Int64(0), to: 50, by: 7) {
            while let action = queue.takeDue(at: MonotonicTime(nanoseconds: now)) { action() }
            #expect(fired.count == expected.count { $0.moment <= now })
        }
        while let action = queue.takeDue(at: MonotonicTime(nanoseconds: 50)) { action() }
        let sorted = expected.sorted { ($0.moment, $0.number) < ($1.moment, $1.number) }
        #expect(fired == sorted.map(\.number))
        #expect(queue.next == nil)
    }

    @Test func `a timer waits as long as told`() throws {
        let loop = try EventLoop()
        let start = MonotonicTime.now()
        loop.after(.milliseconds(30)) { loop.stop() }
        #expect(try loop.runPatiently())
        #expect(MonotonicTime.now() - start >= .milliseconds(30))
    }

    @Test func `one that sets itself anew at once does not keep others waiting`() throws {
        let loop = try EventLoop()
        let pair = try SocketPair()
        func again() { loop.after(.zero, again) }
        again()
        try loop.watch(pair.near.raw, for: .readable) { _ in loop.stop() }
        send("x", to: pair.far.raw)
        #expect(try loop.runPatiently())
        loop.forget(pair.near.raw)
    }
}
