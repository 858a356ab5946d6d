import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How long this thread computes for `work`. What other tests and programs do meanwhile does not count, so
/// that a bound on it holds on a machine under load too.
package func processorTime(_ work: () throws -> Void) rethrows -> Duration {
    let before = spent()
    try work()
    return spent() - before
}

private func spent() -> Duration {
    var time = timespec()
    // Fails only for a clock that the system does not have.
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
