import Platform

/// A descriptor, which watch of it is meant, and what it is (or should be) ready for.
///
/// The generation tells two watches of one number apart: a number is free for reuse as soon as it is closed.
struct ReadyDescriptor: Equatable {
    let descriptor: Int32
    let generation: UInt32
    let readiness: EventLoop.Interest

    init(_ descriptor: Int32, generation: UInt32, readiness: EventLoop.Interest) {
        (self.descriptor, self.generation, self.readiness) = (descriptor, generation, readiness)
    }
}

/// One of the system's ways to wait for many descriptors.
protocol ReadinessSource: AnyObject {
    func add(_ entry: ReadyDescriptor) throws(SystemError)
    func change(_ entry: ReadyDescriptor) throws(SystemError)
    func remove(_ descriptor: Int32)
    /// - Parameter milliseconds: −1 waits for ever. A signal may end the wait early, with nothing ready.
    func wait(milliseconds: Int32, into ready: inout [ReadyDescriptor]) throws(SystemError)
}
