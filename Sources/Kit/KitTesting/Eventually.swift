import Platform
import Subprocess

/// Asks again and again until `condition` holds; false when it still does not after a minute, which only a
/// failure takes.
///
/// - Parameter pace: how long it pauses in between; longer than usual where asking keeps busy who is asked.
package func eventually(
    pace: Duration = .milliseconds(2), _ condition: () throws -> Bool
) rethrows -> Bool {
    var pause = EventPoll<Void>()
    let deadline = MonotonicTime.now() + .seconds(60)
    while MonotonicTime.now() < deadline {
        if try condition() { return true }
        // Waiting for nothing is a pause; it fails only without memory.
        _ = try? pause.wait(timeout: pace)
    }
    return try condition()
}
