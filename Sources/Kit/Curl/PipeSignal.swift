#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The signal that a write to a closed connection raises, which would end the process.
enum PipeSignal {
    /// Runs `body` with SIGPIPE kept off for this thread.
    ///
    /// Libcurl does that itself only where it may change the whole process' signals, which a program with
    /// several threads must not let it (`CURLOPT_NOSIGNAL`). Ignoring the signal for good would be inherited
    /// by children.
    static func held<Value>(_ body: () -> Value) -> Value {
        #if canImport(Darwin)
            // Its sockets are told not to raise it: SO_NOSIGPIPE.
            return body()
        #else
            var pipeSignal = sigset_t()
            sigemptyset(&pipeSignal)
            sigaddset(&pipeSignal, SIGPIPE)
            var before = sigset_t()
            pthread_sigmask(SIG_BLOCK, &pipeSignal, &before)
            let wasPending = isPending
            let value = body()
            if !wasPending, isPending {
                // write(2) raises it for the calling thread, so it is ours; take it away unseen.
                var atOnce = timespec()
                while sigtimedwait(&pipeSignal, nil, &atOnce) < 0 && errno == EINTR {}
            }
            pthread_sigmask(SIG_SETMASK, &before, nil)
            return value
        #endif
    }

    #if !canImport(Darwin)
        private static var isPending: Bool {
            var pending = sigset_t()
            return sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1
        }
    #endif
}
