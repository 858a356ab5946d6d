import JSON
import Platform

/// How much may be sent: a bucket for what Discord counts together, by what its answers say.
/// https://discord.com/developers/docs/topics/rate-limits
struct DiscordLimits {
    /// Longer than any wait that makes sense; an answer that asks for more is not believed.
    static let longestWait: Duration = .seconds(3600)
    /// More buckets than a bot meets within a wait.
    private static let limit = 1000

    /// What is counted together as far as one can tell before the first answer: a method and a path, with the
    /// channel or the interaction in it.
    typealias Route = String

    private var fullUntil: [Route: MonotonicTime] = [:]
    private var allFullUntil: MonotonicTime?

    /// How many buckets are known to be empty.
    var count: Int { fullUntil.count }

    /// Ids count apart in the second place, as a channel's; in a later one, as a message's, they do not.
    static func route(_ method: String, _ path: String) -> Route {
        let parts = path.prefix { $0 != "?" }.split(separator: "/").enumerated().map { place, part in
            place > 1 && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
                ? ":id" : part
        }
        return "\(method) \(parts.joined(separator: "/"))"
    }

    /// How long nothing may be sent anywhere; nil: it may.
    func wait(now: MonotonicTime) -> Duration? { allFullUntil.flatMap { $0 > now ? $0 - now : nil } }

    mutating func noteGlobal(_ wait: Duration, now: MonotonicTime) { allFullUntil = now + wait }

    /// How long nothing may be sent there; nil: it may.
    mutating func wait(for route: Route, now: MonotonicTime) -> Duration? {
        guard let until = fullUntil[route] else { return nil }
        if until > now { return until - now }
        fullUntil[route] = nil
        return nil
    }

    /// Learns from an answer that was not a refusal: a bucket that is empty fills again at a time.
    mutating func note(remaining: String?, resetAfter: String?, for route: Route, now: MonotonicTime) {
        guard remaining == "0", let wait = Self.duration(resetAfter.flatMap(Double.init)) else { return }
        if fullUntil.count >= Self.limit { fullUntil = fullUntil.filter { $0.value > now } }
        if fullUntil.count >= Self.limit { fullUntil.removeAll() }
        fullUntil[route] = now + wait
    }

    /// What a 429 asks for: the body says it in fractions of a second, the header in whole ones.
    static func retryAfter(body: JSONValue, header: String?) -> Duration {
        duration(body["retry_after"].double) ?? duration(header.flatMap(Double.init)) ?? .seconds(5)
    }

    private static func duration(_ seconds: Double?) -> Duration? {
        guard let seconds, seconds.isFinite, seconds >= 0 else { return nil }
        return min(.milliseconds(Int((min(seconds, 1e6) * 1000).rounded(.up))), longestWait)
    }
}
