import Platform
import Subprocess

/// Asks again and again until `condition` holds; false when it still does not after ten seconds.
package func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
    var pause = EventPoll<Void>()
    let deadline = MonotonicTime.now() + .seconds(10)
    while MonotonicTime.now() < deadline {
        if try condition() { return true }
        // Waiting for nothing is a pause; it fails only without memory.
        _ = try? pause.wait(timeout: .milliseconds(2))
    }
    return try condition()
}
