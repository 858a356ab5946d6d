import Platform

#if canImport(Glibc)
    import CSystem
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A thread that is left to itself: nobody waits for its end.
enum BackgroundThread {
    /// What the new thread is handed, across a C function that knows only pointers.
    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) { (self.name, self.body) = (name, body) }

        func run() {
            // 15 bytes are what Linux keeps of a name; a thread without one works as well.
            let short = String(decoding: name.utf8.prefix(15), as: UTF8.self)
            #if canImport(Darwin)
                _ = pthread_setname_np(short)
            #else
                _ = pthread_setname_np(pthread_self(), short)
            #endif
            body()
        }
    }

    /// - Parameter name: shown by debuggers and `ps -L`.
    static func start(named name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
        let start = Unmanaged.passRetained(Start(name: name, body: body))
        // Signals are the first thread's business: a new thread inherits the mask of who makes it.
        var all = sigset_t()
        sigfillset(&all)
        var before = sigset_t()
        pthread_sigmask(SIG_BLOCK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        #if canImport(Darwin)
            var thread: pthread_t?
            let code = pthread_create(&thread, nil, runThread, start.toOpaque())
            if code == 0, let thread { pthread_detach(thread) }
        #else
            var thread = pthread_t()
            let code = pthread_create(&thread, nil, runThread, start.toOpaque())
            if code == 0 { pthread_detach(thread) }
        #endif
        guard code == 0 else {
            start.release()
            throw SystemError("pthread_create", on: name, code: code)
        }
    }

    #if canImport(Darwin)
        private static let runThread: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = {
            Unmanaged<Start>.fromOpaque($0).takeRetainedValue().run()
            return nil
        }
    #else
        private static let runThread: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
            {
                if let start = $0 { Unmanaged<Start>.fromOpaque(start).takeRetainedValue().run() }
                return nil
            }
    #endif
}
