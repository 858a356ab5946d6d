/// `2026-02-03T04:05:06Z`, the only form that v0 writes and GitHub sends (ISO 8601, UTC, no fraction).
extension Timestamp {
    private static let secondsADay = 86_400

    /// Reads `YYYY-MM-DDTHH:MM:SSZ`, with an optional fraction that is dropped.
    ///
    /// - Returns: nil for any other shape, and for fields out of range (month 13, second 61).
    package init?(iso8601 text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z") else { return nil }
        let separators: [(Int, Character)] = [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":")]
        guard separators.allSatisfy({ bytes[$0.0] == $0.1.asciiValue }) else { return nil }
        guard bytes.count == 20 || Self.isFraction(bytes[19..<(bytes.count - 1)]) else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for byte in bytes[range] {
                guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            (1...12).contains(month), hour < 24, minute < 60, second < 60
        else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        // A day that the month does not have comes out as one of the next month.
        guard (1...31).contains(day), Self.date(days: days).day == day else { return nil }
        self.init(seconds: days * Self.secondsADay + hour * 3600 + minute * 60 + second)
    }

    private static func isFraction(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.first == UInt8(ascii: ".") && bytes.count > 1
            && bytes.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// `YYYY-MM-DDTHH:MM:SSZ`.
    package var iso8601: String {
        let date = civil
        return "\(date.year.padded(4))-\(date.month.padded(2))-\(date.day.padded(2))"
            + "T\(date.hour.padded(2)):\(date.minute.padded(2)):\(date.second.padded(2))Z"
    }

    private var civil: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        var days = seconds / Self.secondsADay
        var rest = seconds % Self.secondsADay
        if rest < 0 {
            days -= 1
            rest += Self.secondsADay
        }
        let date = Self.date(days: days)
        return (date.year, date.month, date.day, rest / 3600, rest % 3600 / 60, rest % 60)
    }

    /// Days from 1970-01-01 to a proleptic Gregorian date.
    ///
    /// Years are counted from March, so that a leap day ends its year, and in eras of
    /// 400 years (146,097 days).
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func date(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth + (marchMonth < 10 ? 3 : -9)
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}

extension Int {
    /// Decimal digits with leading zeros up to `width`; a longer or negative number is printed as it is.
    fileprivate func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
