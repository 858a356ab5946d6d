#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Whether a missing tool is a failure.
var isContinuousIntegration: Bool { getenv("CI").map { String(cString: $0) } == "true" }

/// Ends one process that a test has started.
func end(_ pid: Int32) {
    _ = kill(pid, SIGKILL)
}

func raiseHere(_ signal: Int32) {
    _ = kill(getpid(), signal)
}

enum SignalNumber {
    static let terminate = SIGTERM
    static let child = SIGCHLD
    static let user1 = SIGUSR1
    static let window = SIGWINCH
    static let interrupt = SIGINT
}

/// Runs `body` with a signal blocked for this thread and another, harmless one ignored: children inherit
/// both.
func withUnfriendlySignals<T>(_ body: () throws -> T) rethrows -> T {
    var blocked = sigset_t()
    var before = sigset_t()
    sigemptyset(&blocked)
    sigaddset(&blocked, SIGTERM)
    pthread_sigmask(SIG_BLOCK, &blocked, &before)
    signal(SIGURG, SIG_IGN)
    defer {
        signal(SIGURG, SIG_DFL)
        pthread_sigmask(SIG_SETMASK, &before, nil)
    }
    return try body()
}
