#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writing to a pipe whose reader may be gone.
package enum BrokenPipe {
    /// write(2) with a closed reader reported as `EPIPE` only, never by the SIGPIPE that would end this
    /// process.
    ///
    /// The signal is kept off for this thread and this call alone: ignoring it for good would change the
    /// whole process, and children inherit ignored signals.
    ///
    /// - Returns: the number of bytes written, or the error code.
    package static func write(
        _ bytes: ArraySlice<UInt8>, to descriptor: Int32
    ) -> Result<Int, WriteFailure> {
        #if canImport(Darwin)
            // The open file itself can be told not to raise the signal.
            _ = fcntl(descriptor, F_SETNOSIGPIPE, 1)
            return attempt(bytes, descriptor)
        #else
            var pipeSignal = sigset_t()
            sigemptyset(&pipeSignal)
            sigaddset(&pipeSignal, SIGPIPE)
            var before = sigset_t()
            pthread_sigmask(SIG_BLOCK, &pipeSignal, &before)
            let result = attempt(bytes, descriptor)
            if case .failure(WriteFailure(code: EPIPE)) = result, sigismember(&before, SIGPIPE) == 0 {
                // write(2) raises it for the calling thread, so it is pending here now; take it away unseen.
                var atOnce = timespec()
                while sigtimedwait(&pipeSignal, nil, &atOnce) < 0 && errno == EINTR {}
            }
            pthread_sigmask(SIG_SETMASK, &before, nil)
            return result
        #endif
    }

    package struct WriteFailure: Error, Equatable {
        package let code: Int32
    }

    private static func attempt(_ bytes: ArraySlice<UInt8>, _ descriptor: Int32) -> Result<Int, WriteFailure>
    {
        while true {
            let count = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 { return .success(count) }
            if errno != EINTR { return .failure(WriteFailure(code: errno)) }
        }
    }
}
