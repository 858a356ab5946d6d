import Platform
import Reactor
import Synchronization
import Testing

struct WorkerTests {
    @Test func `work is done elsewhere and told here, in order`() throws {
        let loop = try EventLoop()
        let worker = try Worker(on: loop, named: "test", limit: 100)
        var results: [Int] = []
        for number in 0..<100 {
            #expect(
                worker.submit({ number * 2 }) { result in
                    results.append(result)
                    if results.count == 100 { loop.stop() }
                })
        }
        #expect(!worker.submit({ 0 }) { _ in results.append(-1) })
        #expect(worker.load == 100)
        #expect(try loop.runPatiently())
        #expect(results == (0..<100).map { $0 * 2 })
        #expect(worker.load == 0)
    }

    /// Each job waits for the other, so both have to be at work at once.
    @Test func `two threads work at the same time`() throws {
        let loop = try EventLoop()
        let worker = try Worker(on: loop, named: "test", threads: 2, limit: 2)
        let meeting = Meeting(of: 2)
        var met = 0
        for _ in 0..<2 {
            worker.submit({ meeting.join() }) { isComplete in
                if isComplete { met += 1 }
                if met == 2 { loop.stop() }
            }
        }
        #expect(try loop.runPatiently())
        #expect(met == 2)
    }

    @Test func `a worker that goes takes what has not begun along`() throws {
        let loop = try EventLoop()
        let begun = Meeting(of: 2)
        let gate = Meeting(of: 2)
        let counter = Counter()
        var worker: Worker? = try Worker(on: loop, named: "test", limit: 10)
        worker?.submit({ begun.join() && gate.join() }) { _ in loop.stop() }
        #expect(begun.join())
        for _ in 0..<5 { worker?.submit({ counter.add() }) { _ in } }
        worker = nil
        #expect(gate.join())
        #expect(try loop.runPatiently())
        #expect(counter.value == 0)
    }

    @Test func `messages of several threads all arrive, and too many are refused`() throws {
        let loop = try EventLoop()
        var sum = 0
        let mailbox = try loop.mailbox(limit: 4000) { (number: Int) in
            sum += number
            if sum == 4 * 1000 { loop.stop() }
        }
        let worker = try Worker(on: loop, named: "test", threads: 4, limit: 4)
        for _ in 0..<4 {
            worker.submit({ (0..<1000).count { _ in mailbox.send(1) } }) { #expect($0 == 1000) }
        }
        #expect(try loop.runPatiently())
        #expect(sum == 4000)
        let small = try loop.mailbox(limit: 2) { (_: Int) in }
        #expect((0..<3).map { small.send($0) } == [true, true, false])
    }
}

/// Where threads wait for each other, with a deadline.
final class Meeting: Sendable {
    private let count: Int
    private let present = Atomic<Int>(0)

    init(of count: Int) { self.count = count }

    /// - Returns: whether all came.
    func join() -> Bool {
        present.add(1, ordering: .sequentiallyConsistent)
        let deadline = MonotonicTime.now() + patience
        while present.load(ordering: .sequentiallyConsistent) < count {
            if MonotonicTime.now() > deadline { return false }
        }
        return true
    }
}

final class Counter: Sendable {
    private let count = Atomic<Int>(0)
    func add() { count.add(1, ordering: .relaxed) }
    var value: Int { count.load(ordering: .relaxed) }
}
