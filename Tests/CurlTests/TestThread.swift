import Curl
import Platform
import Subprocess
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A thread of a test's own, to be joined.
struct TestThread: ~Copyable {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private let handle: pthread_t

    init(_ body: @escaping @Sendable () -> Void) throws {
        #if canImport(Darwin)
            var handle: pthread_t?
        #else
            var handle = pthread_t()
        #endif
        let code = pthread_create(
            &handle, nil,
            { argument in
                #if canImport(Darwin)
                    Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                #else
                    if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
                #endif
                return nil
            }, Unmanaged.passRetained(Body(body)).toOpaque())
        #if canImport(Darwin)
            guard code == 0, let handle else { throw SystemError("pthread_create", code: code) }
        #else
            guard code == 0 else { throw SystemError("pthread_create", code: code) }
        #endif
        self.handle = handle
    }

    consuming func join() {
        _ = pthread_join(handle, nil)
    }
}

/// What came of work on another thread.
final class Outcome: Sendable {
    private let state = Mutex<(hasStarted: Bool, error: CurlError?)>((false, nil))

    var hasStarted: Bool { state.withLock { $0.hasStarted } }
    var error: CurlError? { state.withLock { $0.error } }

    func noteStart() { state.withLock { $0.hasStarted = true } }

    func record(_ body: () throws -> Void) {
        do {
            try body()
        } catch {
            state.withLock { $0.error = error as? CurlError }
        }
    }
}

/// Asks again and again until `condition` holds; false when it still does not after ten seconds.
func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
    var pause = EventPoll<Void>()
    let deadline = MonotonicTime.now() + .seconds(10)
    while MonotonicTime.now() < deadline {
        if try condition() { return true }
        // Waiting for nothing is a pause; it fails only without memory.
        _ = try? pause.wait(timeout: .milliseconds(2))
    }
    return try condition()
}
