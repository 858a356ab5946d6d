import Platform

/// Timers by their moment: a binary heap, in which a cancelled one stays until it comes up or is in the way.
struct TimerQueue {
    private struct Entry {
        let moment: MonotonicTime
        /// Rises, so that of two at one moment the older comes first.
        let number: UInt64
    }

    private var heap: [Entry] = []
    /// Those that have neither fired nor been cancelled.
    private var actions: [UInt64: () -> Void] = [:]
    private var lastNumber: UInt64 = 0

    /// Cancelled ones may outnumber the others by this many before they are taken out.
    private static let slack = 64

    /// When the next one is due; nil: there is none.
    var next: MonotonicTime? {
        mutating get {
            while let first = heap.first, actions[first.number] == nil { removeFirst() }
            return heap.first?.moment
        }
    }

    var count: Int { actions.count }

    mutating func add(at moment: MonotonicTime, _ action: @escaping () -> Void) -> EventLoop.TimerID {
        lastNumber += 1
        actions[lastNumber] = action
        heap.append(Entry(moment: moment, number: lastNumber))
        siftUp(heap.count - 1)
        return EventLoop.TimerID(number: lastNumber)
    }

    mutating func cancel(_ timer: EventLoop.TimerID) {
        actions[timer.number] = nil
        if heap.count > 2 * actions.count + Self.slack { compact() }
    }

    /// Takes out the first that is due; nil where none is.
    mutating func takeDue(at now: MonotonicTime) -> (() -> Void)? {
        guard let moment = next, moment <= now, let first = heap.first else { return nil }
        removeFirst()
        return actions.removeValue(forKey: first.number)
    }

    private mutating func compact() {
        heap = heap.filter { actions[$0.number] != nil }
        for place in stride(from: heap.count / 2 - 1, through: 0, by: -1) { siftDown(place) }
    }

    // MARK: - The heap

    private static func isBefore(_ one: Entry, _ other: Entry) -> Bool {
        one.moment == other.moment ? one.number < other.number : one.moment < other.moment
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        siftDown(0)
    }

    private mutating func siftUp(_ start: Int) {
        var place = start
        while place > 0, Self.isBefore(heap[place], heap[(place - 1) / 2]) {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    private mutating func siftDown(_ start: Int) {
        var place = start
        while 2 * place + 1 < heap.count {
            var least = 2 * place + 1
            if least + 1 < heap.count, Self.isBefore(heap[least + 1], heap[least]) { least += 1 }
            guard Self.isBefore(heap[least], heap[place]) else { return }
            heap.swapAt(place, least)
            place = least
        }
    }
}
