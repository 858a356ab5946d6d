/// A date and time of day as a calendar and a clock on a wall show it; which moment it is depends on the
/// zone.
package struct LocalTime: Equatable, Hashable, Sendable {
    package var year: Int
    /// 1 to 12.
    package var month: Int
    /// 1 to 31.
    package var day: Int
    /// 0 to 23.
    package var hour: Int
    package var minute: Int
    package var second: Int

    package init(year: Int, month: Int, day: Int) {
        self.init(secondsSinceEpoch: LocalTime.days(year: year, month: month, day: day) * 86_400)
    }

    /// The same day at another time.
    package func at(_ hour: Int, _ minute: Int = 0, _ second: Int = 0) -> LocalTime {
        var copy = self
        (copy.hour, copy.minute, copy.second) = (hour, minute, second)
        return copy
    }

    /// What a clock shows that counted `seconds` since 1970-01-01 00:00 without ever being put forward or
    /// back.
    package init(secondsSinceEpoch seconds: Int64) {
        let (days, secondOfDay) = seconds.flooredDivision(by: 86_400)
        (year, month, day) = LocalTime.date(days: days)
        hour = Int(secondOfDay / 3600)
        minute = Int(secondOfDay / 60 % 60)
        second = Int(secondOfDay % 60)
    }

    /// The inverse of `init(secondsSinceEpoch:)`. Fields out of range carry over: the 32nd of January is the
    /// 1st of February, 25 o'clock is 1 o'clock of the next day.
    package var secondsSinceEpoch: Int64 {
        LocalTime.days(year: year, month: month, day: day) * 86_400
            + Int64(hour) * 3600 + Int64(minute) * 60 + Int64(second)
    }

    /// 0 is Sunday, 6 Saturday.
    package var weekday: Int {
        // The first of January 1970 was a Thursday.
        let days = LocalTime.days(year: year, month: month, day: day)
        return Int((days + 4).flooredDivision(by: 7).remainder)
    }
}

// The Gregorian calendar repeats every 400 years. Counting years from March puts the leap day last, so that
// the length of the months before any month follows one straight line: 153 days every five months.
extension LocalTime {
    private static let daysOf400Years: Int64 = 146_097
    /// From 1 March of year 0 to 1 January 1970.
    private static let epochShift: Int64 = 719_468

    /// Days from 1970-01-01 to a date. A month or day out of range carries over.
    package static func days(year: Int, month: Int, day: Int) -> Int64 {
        let (carriedYears, monthFromMarch) = Int64(month - 3).flooredDivision(by: 12)
        let (era, yearOfEra) = (Int64(year) + carriedYears).flooredDivision(by: 400)
        let daysBeforeYear = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100
        let daysBeforeMonth = (monthFromMarch * 153 + 2) / 5
        return era * daysOf400Years + daysBeforeYear + daysBeforeMonth + Int64(day) - 1 - epochShift
    }

    /// The date `days` after 1970-01-01.
    static func date(days: Int64) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = (days + epochShift).flooredDivision(by: daysOf400Years)
        // Take out the leap days passed so far, of 4, 100 and 400 years; what is left are years of 365 days.
        let leapDays = dayOfEra / 1460 - dayOfEra / 36_524 + dayOfEra / (daysOf400Years - 1)
        let yearOfEra = (dayOfEra - leapDays) / 365
        let dayOfYear = dayOfEra - (yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (dayOfYear * 5 + 2) / 153
        let day = dayOfYear - (monthFromMarch * 153 + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (Int(era * 400 + yearOfEra + (month <= 2 ? 1 : 0)), Int(month), Int(day))
    }
}

extension Int64 {
    /// Division that rounds towards minus infinity, so that the remainder is never negative.
    func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

/// ISO 8601 without an offset: `2026-03-29T02:30:00`.
extension LocalTime: CustomStringConvertible {
    package var description: String {
        let date = [Self.padded(year, 4), Self.padded(month, 2), Self.padded(day, 2)].joined(separator: "-")
        let time = [hour, minute, second].map { Self.padded($0, 2) }.joined(separator: ":")
        return "\(date)T\(time)"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number.magnitude)
        let zeros = String(repeating: "0", count: max(0, width - digits.count))
        return (number < 0 ? "-" : "") + zeros + digits
    }
}
