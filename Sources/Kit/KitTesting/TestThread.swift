import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A thread of a test's own, to be joined.
package struct TestThread: ~Copyable {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private let handle: pthread_t

    package init(_ body: @escaping @Sendable () -> Void) throws {
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

    /// Once, and before the value goes.
    package borrowing func join() { _ = pthread_join(handle, nil) }
}
