extension PosixZoneRule {
    /// Reads a rule; nil when the text is not one.
    ///
    /// A daylight-saving name without dates is refused: POSIX leaves the dates to the implementation.
    init?(_ text: String) {
        var scanner = Scanner(rest: text.utf8[...])
        guard let name = scanner.name(), let west = scanner.time() else { return nil }
        let standard = ZoneRules.Offset(seconds: Int(-west), isDaylightSaving: false, abbreviation: name)
        if scanner.rest.isEmpty {
            self.init(standard: standard, daylightSaving: nil)
            return
        }
        guard let summerName = scanner.name() else { return nil }
        var summerEast = -west + 3600
        if scanner.rest.first != UInt8(ascii: ",") {
            guard let summerWest = scanner.time() else { return nil }
            summerEast = -summerWest
        }
        guard let start = scanner.yearlyChange(), let end = scanner.yearlyChange(), scanner.rest.isEmpty
        else {
            return nil
        }
        let summer = ZoneRules.Offset(
            seconds: Int(summerEast), isDaylightSaving: true, abbreviation: summerName)
        self.init(standard: standard, daylightSaving: DaylightSaving(offset: summer, start: start, end: end))
    }
}

private struct Scanner {
    var rest: Substring.UTF8View

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private mutating func take(while condition: (UInt8) -> Bool) -> String {
        let taken = rest.prefix(while: condition)
        rest = rest.dropFirst(taken.count)
        return String(decoding: taken, as: UTF8.self)
    }

    /// At least three letters, or anything between `<` and `>`.
    mutating func name() -> String? {
        if skip("<") {
            let quoted = take { $0 != UInt8(ascii: ">") }
            return skip(">") && quoted.utf8.count >= 3 ? quoted : nil
        }
        let letters = take { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        }
        return letters.utf8.count >= 3 ? letters : nil
    }

    mutating func number(in range: ClosedRange<Int64>) -> Int64? {
        let digits = take { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard digits.utf8.count <= 3, let number = Int64(digits), range.contains(number) else { return nil }
        return number
    }

    /// `[+-]hours[:minutes[:seconds]]` in seconds; at most 167 hours (RFC 9636 §3.3.1).
    mutating func time() -> Int64? {
        let isNegative = skip("-")
        if !isNegative { _ = skip("+") }
        guard let hours = number(in: 0...167) else { return nil }
        var seconds = hours * 3600
        for unit: Int64 in [60, 1] where skip(":") {
            guard let part = number(in: 0...59) else { return nil }
            seconds += part * unit
        }
        return isNegative ? -seconds : seconds
    }

    /// `,date[/time]`; the time is 02:00 when absent.
    mutating func yearlyChange() -> PosixZoneRule.YearlyChange? {
        guard skip(","), let day = day() else { return nil }
        guard skip("/") else { return PosixZoneRule.YearlyChange(day: day, time: 2 * 3600) }
        return time().map { PosixZoneRule.YearlyChange(day: day, time: $0) }
    }

    private mutating func day() -> PosixZoneRule.YearlyChange.Day? {
        if skip("J") { return number(in: 1...365).map { .ofCommonYear(Int($0)) } }
        guard skip("M") else { return number(in: 0...365).map { .ofYear(Int($0)) } }
        guard let month = number(in: 1...12), skip("."), let week = number(in: 1...5), skip("."),
            let weekday = number(in: 0...6)
        else { return nil }
        return .weekday(Int(weekday), week: Int(week), month: Int(month))
    }
}
