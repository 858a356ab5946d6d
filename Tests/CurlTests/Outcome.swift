import Curl
import Synchronization

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
