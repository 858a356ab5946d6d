package import Platform

/// One thread's waiting for everything: descriptors, timers, signals and what other threads send.
///
/// It calls whoever is concerned, one at a time, so that state which only handlers touch needs no lock. A
/// handler must not wait for anything: what takes longer than a millisecond or so belongs to a `Worker`.
/// Everything here is for the loop's own thread, save a `Mailbox`, which is made to be sent to from others.
package final class EventLoop {
    package struct Interest: OptionSet, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let readable = Interest(rawValue: 1)
        package static let writable = Interest(rawValue: 2)
    }

    /// What a descriptor is ready for. One that is broken or at its end is ready for all it was watched for:
    /// the next read or write tells.
    package typealias Readiness = Interest

    /// Which of the system's ways to wait: for tests, which try both.
    enum Waiting { case best, poll }

    private struct Watch {
        let generation: UInt32
        var interest: Interest
        let handler: (Readiness) -> Void
    }

    private let source: any ReadinessSource
    private var watches: [Int32: Watch] = [:]
    private var generation: UInt32 = 0
    private var timers = TimerQueue()
    private var closing: [() -> Void] = []
    private var isStopped = false
    private var ready: [ReadyDescriptor] = []

    package convenience init() throws(SystemError) { try self.init(waiting: .best) }

    init(waiting: Waiting) throws(SystemError) {
        #if os(Linux)
            source = waiting == .best ? try EpollSource() : PollSource()
        #else
            source = PollSource()
        #endif
    }

    // MARK: - Running

    /// Handles what comes until `stop`.
    ///
    /// - Throws: when waiting itself fails, which only a mistake of ours (a closed descriptor) brings about.
    package func run() throws(SystemError) {
        isStopped = false
        while !isStopped { try turn() }
    }

    /// Has `run` return once the turn that calls this is over.
    package func stop() { isStopped = true }

    /// One turn: wait, call the descriptors' handlers, then the timers', then what was put off to the turn's
    /// end.
    private func turn() throws(SystemError) {
        ready.removeAll(keepingCapacity: true)
        try source.wait(milliseconds: waitMilliseconds, into: &ready)
        for event in ready {
            // A handler before this one may have given up the descriptor, or the number may be another's.
            guard let watch = watches[event.descriptor], watch.generation == event.generation else {
                continue
            }
            watch.handler(event.readiness.intersection(watch.interest))
        }
        // Of those that a timer adds, none is due before the next turn: a timer that sets itself anew at once
        // must not keep the descriptors waiting.
        let now = MonotonicTime.now()
        while let action = timers.takeDue(at: now) { action() }
        let due = closing
        closing = []
        for action in due { action() }
    }

    private var waitMilliseconds: Int32 {
        if !closing.isEmpty { return 0 }
        guard let next = timers.next else { return -1 }
        let left = (next - .now()).clampedNanoseconds
        return left <= 0 ? 0 : Int32(clamping: (left - 1) / 1_000_000 + 1)
    }

    // MARK: - Descriptors

    /// Calls `handler` whenever the descriptor is ready for some of `interest`, until `forget`.
    ///
    /// - Precondition: it is not watched yet, and stays open until it is forgotten.
    package func watch(
        _ descriptor: Int32, for interest: Interest, _ handler: @escaping (Readiness) -> Void
    ) throws(SystemError) {
        precondition(watches[descriptor] == nil, "the descriptor is watched already")
        generation &+= 1
        if !interest.isEmpty {
            try source.add(ReadyDescriptor(descriptor, generation: generation, readiness: interest))
        }
        watches[descriptor] = Watch(generation: generation, interest: interest, handler: handler)
    }

    /// With an empty interest nothing is heard of the descriptor, its end included.
    package func setInterest(_ interest: Interest, of descriptor: Int32) throws(SystemError) {
        guard let watch = watches[descriptor], watch.interest != interest else { return }
        let entry = ReadyDescriptor(descriptor, generation: watch.generation, readiness: interest)
        switch (watch.interest.isEmpty, interest.isEmpty) {
        case (true, _): try source.add(entry)
        case (_, true): source.remove(descriptor)
        case (false, false): try source.change(entry)
        }
        watches[descriptor]?.interest = interest
    }

    /// Must be called before the descriptor is closed. Forgetting one that is not watched does nothing.
    package func forget(_ descriptor: Int32) {
        guard let watch = watches.removeValue(forKey: descriptor) else { return }
        if !watch.interest.isEmpty { source.remove(descriptor) }
    }

    // MARK: - Timers

    /// Names a timer that has not fired yet.
    package struct TimerID: Hashable, Sendable {
        let number: UInt64
    }

    /// Calls `action` once, `delay` from now or as soon after as the loop gets to it.
    @discardableResult
    package func after(_ delay: Duration, _ action: @escaping () -> Void) -> TimerID {
        timers.add(at: .now() + delay, action)
    }

    /// A timer that has fired, or was cancelled, is nothing to cancel.
    package func cancel(_ timer: TimerID) { timers.cancel(timer) }

    /// Calls `action` at the end of this turn, once all that became ready together was handled: where effects
    /// are gathered, as for one transaction, or one write to a socket. From outside of a turn: of the next.
    package func atEndOfTurn(_ action: @escaping () -> Void) { closing.append(action) }
}
