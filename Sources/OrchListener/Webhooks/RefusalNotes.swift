import HTTP
import Platform

/// What the log says of requests to the webhook that were refused: enough to find a secret that differs, and
/// no more, since anybody may send them.
struct RefusalNotes {
    private struct Silence {
        let until: MonotonicTime
        var unsaid = 0
    }

    /// Of one reason.
    private static let pause: Duration = .seconds(60)
    /// Most reasons are fixed sentences; who has the secret can make others.
    private static let reasonLimit = 8

    private var silences: [String: Silence] = [:]

    /// - Returns: a line; nil where this reason was said within a minute, or too many others were.
    mutating func words(for refusal: HTTPRefusal, at now: MonotonicTime) -> String? {
        let reason = refusal.problem
        if let silence = silences[reason], now < silence.until {
            silences[reason]?.unsaid += 1
            return nil
        }
        let unsaid = silences[reason]?.unsaid ?? 0
        silences = silences.filter { now < $0.value.until }
        guard silences.count < Self.reasonLimit else { return nil }
        silences[reason] = Silence(until: now + Self.pause)
        let others = unsaid == 0 ? "" : " (\(unsaid) more since this was said last)"
        return "a request to the webhook was refused, \(refusal.status): \(reason)\(others)"
    }
}
