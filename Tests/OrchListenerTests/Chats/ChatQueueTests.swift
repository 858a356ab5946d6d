import Platform
import Testing

@testable import OrchListener

@Suite struct ChatQueueTests {
    private let start = MonotonicTime(nanoseconds: 1_000_000_000)

    private func room(_ name: String) -> Place { Place(service: .telegram, chat: name) }

    /// What it gives at that time, in order.
    private func taken(_ queue: inout ChatQueue<String>, at now: MonotonicTime) -> [String] {
        var taken: [String] = []
        while let (_, job) = queue.next(now: now) { taken.append(job) }
        return taken
    }

    @Test func `nothing is nothing to wait for`() {
        var queue = ChatQueue<String>()
        let first = queue.next(now: start)
        #expect(first == nil)
        queue.hold(room("a"), until: start + .seconds(5))
        #expect(queue.moment == nil)
    }

    @Test func `answers go before live output, each in the order in which they came`() {
        var queue = ChatQueue<String>()
        for (job, isQuiet) in [("q1", true), ("l1", false), ("q2", true), ("l2", false)] {
            _ = queue.add(job, in: room("a"), isQuiet: isQuiet)
        }
        _ = queue.add("other", in: room("b"), isQuiet: true)
        let order = taken(&queue, at: start)
        #expect(order == ["l1", "l2", "other", "q1", "q2"])
    }

    @Test func `what has been begun is not torn apart by an answer`() {
        var queue = ChatQueue<String>()
        _ = queue.add("output 1 of 2", in: room("a"), isQuiet: true)
        let begun = queue.next(now: start)
        #expect(begun?.job == "output 1 of 2")
        _ = queue.add("answer", in: room("a"), isQuiet: false)
        queue.putBack("output 2 of 2", in: room("a"))
        let order = taken(&queue, at: start)
        #expect(order == ["output 2 of 2", "answer"])
    }

    @Test func `rooms take turns`() {
        var queue = ChatQueue<String>()
        for number in 1...3 { _ = queue.add("a\(number)", in: room("a"), isQuiet: false) }
        _ = queue.add("b1", in: room("b"), isQuiet: false)
        let order = taken(&queue, at: start)
        #expect(order.prefix(2).contains("b1"))
        #expect(order.filter { $0.hasPrefix("a") } == ["a1", "a2", "a3"])
    }

    @Test func `what one room has to wait for keeps no other waiting`() {
        var queue = ChatQueue<String>()
        _ = queue.add("a", in: room("a"), isQuiet: false)
        _ = queue.add("b", in: room("b"), isQuiet: false)
        queue.hold(room("a"), until: start + .seconds(30))
        let others = taken(&queue, at: start)
        #expect(others == ["b"])
        #expect(queue.moment == start + .seconds(30))
        let held = taken(&queue, at: start + .seconds(30))
        #expect(held == ["a"])
        // It is held, too, for what comes later, though nothing waited in it for a while.
        queue.hold(room("a"), until: start + .seconds(60))
        _ = queue.next(now: start + .seconds(31))
        _ = queue.add("later", in: room("a"), isQuiet: false)
        let (early, late) = (taken(&queue, at: start + .seconds(59)), taken(&queue, at: start + .seconds(60)))
        #expect(early.isEmpty && late == ["later"])
    }

    @Test func `what all have to wait for holds every room`() {
        var queue = ChatQueue<String>()
        _ = queue.add("a", in: room("a"), isQuiet: false)
        queue.holdAll(until: start + .seconds(9))
        let early = taken(&queue, at: start + .seconds(8))
        #expect(early.isEmpty)
        #expect(queue.moment == start + .seconds(9))
        let late = taken(&queue, at: start + .seconds(9))
        #expect(late == ["a"])
    }

    @Test func `a room that is full leaves room for others, and there is an end to that`() {
        var queue = ChatQueue<Int>()
        for number in 1...150 {
            let isTaken = queue.add(number, in: room("a"), isQuiet: true)
            #expect(isTaken == (number <= 100))
        }
        for name in ["b", "c", "d", "e", "f"] {
            for number in 1...100 {
                let isTaken = queue.add(number, in: room(name), isQuiet: false)
                #expect(isTaken == (name != "f"))
            }
        }
    }
}
