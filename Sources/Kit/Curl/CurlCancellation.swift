import Synchronization

/// Calls off what waits on another thread, at once and for good: for the end of the program.
package final class CurlCancellation: Sendable {
    private struct State {
        var isCancelled = false
        /// How to wake each transfer that waits.
        var alarms: [Int: @Sendable () -> Void] = [:]
        var nextKey = 0
    }

    private let state = Mutex(State())

    package init() {}

    package var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// What waits now and what is begun later throws `CurlError.cancelled`. May be called on any thread.
    package func cancel() {
        // Under the lock: a transfer that has taken its alarm away may already be freed.
        state.withLock { state in
            state.isCancelled = true
            for alarm in state.alarms.values { alarm() }
        }
    }

    /// Calls `alarm` at a cancellation while `body` runs, which looks at `isCancelled` itself: for waits that
    /// are not libcurl's.
    package func during<Value, Failure: Error>(
        alarm: @escaping @Sendable () -> Void, _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let key = state.withLock { state in
            state.nextKey += 1
            state.alarms[state.nextKey] = alarm
            return state.nextKey
        }
        defer { state.withLock { _ = $0.alarms.removeValue(forKey: key) } }
        return try body()
    }
}
