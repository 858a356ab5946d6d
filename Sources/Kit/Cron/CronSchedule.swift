package import Platform

/// A five-field cron schedule: minute, hour, day of month, month, day of week.
///
/// A field is a list of `*`, a value, a range `2-5`, and any of them with a step: `*/15`, `10-40/5`, `7/10`
/// (from 7 on). Months and days of the week may be given by the first three letters of their English names.
/// Sunday is 0 and 7. `@hourly`, `@daily`, `@midnight`, `@weekly`, `@monthly`, `@yearly` and `@annually`
/// stand for a schedule.
///
/// Matching is by the local wall clock, minute by minute. As in POSIX `crontab(1)`, when both day fields are
/// restricted, which is anything but `*`, a day matches if *either* does.
///
/// Where clocks are put forward or back, a schedule with certain hours keeps its appointments: what falls
/// into the gap runs once, at the end of it; what falls into the hour that is shown twice runs once, the
/// first time. A schedule of every hour (`*` there) follows the clocks as they are shown: it skips the gap,
/// and runs through the hour both times, so that `*/10 * * * *` is always ten minutes apart.
package struct CronSchedule: Equatable, Sendable {
    let minutes: CronField
    let hours: CronField
    let days: CronField
    let months: CronField
    let weekdays: CronField

    package init(_ text: String) throws(CronError) {
        let words = text.split(whereSeparator: \.isWhitespace)
        var fields = words.map(String.init)
        if let alias = words.first, words.count == 1, alias.hasPrefix("@") {
            guard let meant = Self.aliases[alias.lowercased()] else { throw .unknownAlias(String(alias)) }
            fields = meant.split(separator: " ").map(String.init)
        }
        guard fields.count == 5 else { throw .fieldCount(fields.count) }
        minutes = try CronField(fields[0], of: .minute)
        hours = try CronField(fields[1], of: .hour)
        days = try CronField(fields[2], of: .day)
        months = try CronField(fields[3], of: .month)
        weekdays = try CronField(fields[4], of: .weekday)
    }

    /// By their names; vixie-cron's `crontab(5)`.
    private static let aliases = [
        "@hourly": "0 * * * *",
        "@daily": "0 0 * * *",
        "@midnight": "0 0 * * *",
        "@weekly": "0 0 * * 0",
        "@monthly": "0 0 1 * *",
        "@yearly": "0 0 1 1 *",
        "@annually": "0 0 1 1 *",
    ]

    /// Whether the minute that `local` lies in is one of the schedule's.
    package func matches(_ local: LocalTime) -> Bool {
        matchesDay(local) && hours.contains(local.hour) && minutes.contains(local.minute)
    }

    func matchesDay(_ local: LocalTime) -> Bool {
        guard months.contains(local.month) else { return false }
        if !days.isRestricted { return weekdays.contains(local.weekday) }
        if !weekdays.isRestricted { return days.contains(local.day) }
        return days.contains(local.day) || weekdays.contains(local.weekday)
    }
}
