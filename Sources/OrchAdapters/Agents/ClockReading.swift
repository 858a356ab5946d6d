import OrchCore
import Platform

/// A time of day, perhaps with a date, as people write it: `10:59 pm`, `3pm`, `nov 24th 2026 12:26 am`.
struct ClockReading: Equatable {
    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    private var hour: Int
    private var minute: Int
    private var month: Int?
    private var day: Int?
    private var year: Int?

    /// - Parameter words: in lower case; words that belong to no time are passed over.
    /// - Returns: nil where no time of day is among them: a bare number is none.
    init?(_ words: [String]) {
        guard let time = words.indices.lazy.compactMap({ Self.time(at: $0, in: words) }).first else {
            return nil
        }
        (hour, minute) = time
        guard let place = words.firstIndex(where: { Self.monthNumber($0) != nil }), place + 1 < words.count
        else { return }
        month = Self.monthNumber(words[place])
        day = Int(words[place + 1].prefix { $0.isNumber }).flatMap { (1...31).contains($0) ? $0 : nil }
        year = words.dropFirst(place + 2).first.flatMap { $0.count == 4 ? Int($0) : nil }
    }

    /// The first such moment after `now`; where the date is given whole, that moment.
    func next(after now: Timestamp, zone: ZoneRules) -> Timestamp {
        let today = zone.localTime(at: Int64(now.seconds))
        guard let month, let day else {
            let first = moment(LocalTime(year: today.year, month: today.month, day: today.day), in: zone)
            return first > now
                ? first
                : moment(LocalTime(year: today.year, month: today.month, day: today.day + 1), in: zone)
        }
        if let year { return moment(LocalTime(year: year, month: month, day: day), in: zone) }
        let first = moment(LocalTime(year: today.year, month: month, day: day), in: zone)
        return first > now ? first : moment(LocalTime(year: today.year + 1, month: month, day: day), in: zone)
    }

    private func moment(_ date: LocalTime, in zone: ZoneRules) -> Timestamp {
        Timestamp(seconds: Int(zone.moments(of: date.at(hour, minute)).first))
    }

    private static func monthNumber(_ word: String) -> Int? {
        guard word.count >= 3, word.allSatisfy(\.isLetter) else { return nil }
        return months.firstIndex { word.hasPrefix($0) }.map { $0 + 1 }
    }

    /// `10:59`, `10:59pm`, `10:59` `pm`, `3pm`, `3` `pm`.
    private static func time(at place: Int, in words: [String]) -> (Int, Int)? {
        let digits = words[place].prefix { $0.isNumber || $0 == ":" }
        var half = words[place].dropFirst(digits.count).filter { $0 != "." }
        if half.isEmpty, place + 1 < words.count { half = words[place + 1].filter { $0 != "." } }
        let isHalved = half == "am" || half == "pm"
        let numbers = digits.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2 || (numbers.count == 1 && isHalved), let hour = numbers[0],
            let minute = numbers.count == 2 ? numbers[1] : 0, (0...59).contains(minute)
        else { return nil }
        guard isHalved else { return (0...23).contains(hour) ? (hour, minute) : nil }
        guard (1...12).contains(hour) else { return nil }
        return (hour % 12 + (half == "pm" ? 12 : 0), minute)
    }
}
