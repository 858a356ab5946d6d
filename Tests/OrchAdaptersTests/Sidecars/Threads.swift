import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Real threads for races.
enum Threads {
    /// Runs `act` on so many threads at once and returns what each came to.
    static func run<Value: Sendable>(_ count: Int, _ act: @escaping @Sendable (Int) -> Value) -> [Value] {
        let box = Box<Value>()
        let threads = (0..<count).map { number in
            start { box.add(act(number)) }
        }
        for thread in threads { pthread_join(thread, nil) }
        return box.values
    }

    private final class Box<Value: Sendable>: Sendable {
        private let stored = Mutex<[Value]>([])
        var values: [Value] { stored.withLock { $0 } }
        func add(_ value: Value) { stored.withLock { $0.append(value) } }
    }

    private final class Work: Sendable {
        let act: @Sendable () -> Void
        init(_ act: @escaping @Sendable () -> Void) { self.act = act }
    }

    private static func start(_ act: @escaping @Sendable () -> Void) -> pthread_t {
        let work = Unmanaged.passRetained(Work(act))
        #if canImport(Darwin)
            var thread: pthread_t?
            pthread_create(
                &thread, nil,
                {
                    Unmanaged<Work>.fromOpaque($0).takeRetainedValue().act(); return nil
                }, work.toOpaque())
            guard let thread else { preconditionFailure("no thread") }
            return thread
        #else
            var thread = pthread_t()
            pthread_create(
                &thread, nil,
                { raw in
                    if let raw { Unmanaged<Work>.fromOpaque(raw).takeRetainedValue().act() }
                    return nil
                }, work.toOpaque())
            return thread
        #endif
    }
}
