import OrchCore
import Platform

/// When a limit ends, out of the sentence that says so.
///
/// Understood are lengths (“try again in 30 seconds”, “in 2h 15m”), times of day (“resets 3pm
/// (Europe/Madrid)”, “try again at 10:59 PM”), with or without a date (“Nov 24th, 2026 12:26 AM”, “Oct 6,
/// 10am”), unix seconds (“limit reached|1795480000”) and ISO 8601 in UTC.
enum ResetTime {
    /// A word that such a moment follows, and how many words after it are looked at.
    private static let anchors: Set<String> = ["again", "reset", "resets", "retry", "until", "available"]
    private static let reach = 10
    private static let textLimitBytes = 4096
    /// No limit lasts longer; what says so is misread.
    private static let longest: Duration = .seconds(366 * 86_400)

    /// - Returns: a moment after `now` and within a year; nil where the text names none.
    static func find(in text: String, now: Timestamp, zone: ZoneRules) -> Timestamp? {
        let tokens = Self.tokens(of: text.clipped(toBytes: textLimitBytes))
        let followers = tokens.indices.lazy.filter { anchors.contains(tokens[$0].lowercased()) }
            .map { Array(tokens[($0 + 1)...].prefix(reach)) }
        let found = followers.compactMap { moment(in: $0, now: now, zone: zone) }.first
        let end = found ?? tokens.lazy.compactMap(unixSeconds).first
        return end.flatMap { $0 > now ? plausible($0, now: now) : nil }
    }

    /// nil where no limit lasts that long: milliseconds were taken for seconds, perhaps.
    static func plausible(_ end: Timestamp?, now: Timestamp) -> Timestamp? {
        end.flatMap { $0 < now + longest ? $0 : nil }
    }

    /// Cut at space and brackets; `:`, `/`, `-`, `+`, `_` and inner dots belong to a word.
    private static func tokens(of text: String) -> [String] {
        text.split { $0.isWhitespace || "(),;|·\"“”".contains($0) }
            .map { String($0.hasSuffix(".") ? $0.dropLast() : $0) }
    }

    private static func moment(in tokens: [String], now: Timestamp, zone: ZoneRules) -> Timestamp? {
        if let moment = tokens.lazy.compactMap({ Timestamp(iso8601: $0) }).first { return moment }
        let words = tokens.map { $0.lowercased() }
        if let place = words.firstIndex(where: { $0 == "in" || $0 == "after" }), place < 3,
            let length = Self.length(in: words[(place + 1)...])
        {
            return now + length
        }
        let own = tokens.lazy.compactMap(namedZone).first
        return ClockReading(words)?.next(after: now, zone: own ?? zone)
    }

    private static func namedZone(_ token: String) -> ZoneRules? {
        if ["UTC", "GMT"].contains(token.uppercased()) { return .utc }
        guard token.contains("/") else { return nil }
        // A zone that this machine does not know is as good as none.
        return try? ZoneRules.named(token)
    }

    private static func unixSeconds(_ token: String) -> Timestamp? {
        guard token.utf8.count == 10, let seconds = Int(token) else { return nil }
        return Timestamp(seconds: seconds)
    }
}

/// Lengths: `30 seconds`, `30s`, `1.5s`, `2h 15m`, `2h15m`, `3 days 4 hours`.
extension ResetTime {
    private static let units: [(names: Set<String>, seconds: Double)] = [
        (["s", "sec", "secs", "second", "seconds"], 1),
        (["m", "min", "mins", "minute", "minutes"], 60),
        (["h", "hr", "hrs", "hour", "hours"], 3600),
        (["d", "day", "days"], 86_400),
        (["ms", "millisecond", "milliseconds"], 0.001),
    ]

    /// The sum of the lengths that the words begin with, rounded up to whole seconds; nil where there is
    /// none.
    static func length(in words: ArraySlice<String>) -> Duration? {
        var total = 0.0
        var number: Double?
        scan: for piece in words.filter({ $0 != "and" }).flatMap(pieces) {
            if let value = Double(piece) {
                guard number == nil else { break }
                number = value
            } else if let value = number, let unit = units.first(where: { $0.names.contains(piece) }) {
                total += value * unit.seconds
                number = nil
            } else {
                break scan
            }
        }
        guard total > 0, total < 1e9 else { return nil }
        return .seconds(Int(total.rounded(.up)))
    }

    /// `2h15m` as `2`, `h`, `15`, `m`.
    private static func pieces(_ word: String) -> [String] {
        var pieces: [String] = []
        for character in word {
            let isDigit = character.isNumber || character == "."
            let last = pieces.last?.last.map { $0.isNumber || $0 == "." }
            if last == isDigit {
                pieces[pieces.count - 1].append(character)
            } else {
                pieces.append(String(character))
            }
        }
        return pieces
    }
}
