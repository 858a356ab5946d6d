/// A zone in one line, such as `CET-1CEST,M3.5.0,M10.5.0/3`: POSIX.1-2024 §8.3, `TZ`, with the wider hours of
/// RFC 9636 §3.3.1.
struct PosixZoneRule: Equatable, Sendable {
    /// A moment of each year, as the clocks show it just before they are changed.
    struct YearlyChange: Equatable, Sendable {
        enum Day: Equatable, Sendable {
            /// 1 to 365; the 29th of February is never counted: `J60` is always the first of March.
            case ofCommonYear(Int)
            /// 0 to 365; the 29th of February is counted.
            case ofYear(Int)
            /// The given weekday (0 is Sunday) of a month; week 5 means the last.
            case weekday(Int, week: Int, month: Int)
        }

        let day: Day
        /// Seconds after midnight; may be negative or past the day's end.
        let time: Int64

        /// Seconds from 1970 to the change in `year`, on the clock that is changed.
        func localSeconds(in year: Int) -> Int64 {
            let newYear = LocalTime.days(year: year, month: 1, day: 1)
            let days: Int64 =
                switch day {
                case .ofYear(let number): newYear + Int64(number)
                case .ofCommonYear(let number) where number < 60: newYear + Int64(number) - 1
                case .ofCommonYear(let number):
                    LocalTime.days(year: year, month: 3, day: 1) + Int64(number) - 60
                case .weekday(let weekday, let week, let month):
                    Self.days(of: weekday, week: week, month: month, year: year)
                }
            return days * 86_400 + time
        }

        private static func days(of weekday: Int, week: Int, month: Int, year: Int) -> Int64 {
            let first = LocalTime.days(year: year, month: month, day: 1)
            let next = LocalTime.days(year: year, month: month + 1, day: 1)
            let firstWeekday = (first + 4).flooredDivision(by: 7).remainder
            let shift = (Int64(weekday) - firstWeekday).flooredDivision(by: 7).remainder
            let day = first + shift + Int64(week - 1) * 7
            return day < next ? day : day - 7
        }
    }

    struct DaylightSaving: Equatable, Sendable {
        let offset: ZoneRules.Offset
        let start: YearlyChange
        let end: YearlyChange
    }

    let standard: ZoneRules.Offset
    /// Nil where clocks are never changed.
    let daylightSaving: DaylightSaving?

    func offset(at unixSeconds: Int64) -> ZoneRules.Offset {
        guard let daylightSaving else { return standard }
        let year = LocalTime(secondsSinceEpoch: unixSeconds + Int64(standard.seconds)).year
        let start = daylightSaving.start.localSeconds(in: year) - Int64(standard.seconds)
        let end = daylightSaving.end.localSeconds(in: year) - Int64(daylightSaving.offset.seconds)
        // South of the equator summer spans the turn of the year: it is what lies outside of end..<start.
        let isSummer =
            start < end
            ? (start..<end).contains(unixSeconds)
            : !(end..<start).contains(unixSeconds)
        return isSummer ? daylightSaving.offset : standard
    }
}
