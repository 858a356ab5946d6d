import Cron
import Platform
import Testing

struct CronScheduleTests {
    // MARK: - What is refused

    @Test(arguments: [
        ("", CronError.fieldCount(0)),
        ("* * * *", .fieldCount(4)),
        ("* * * * * *", .fieldCount(6)),
        ("@reboot", .unknownAlias("@reboot")),
        ("@daily @daily", .fieldCount(2)),
        ("60 * * * *", .outOfRange(field: "minute", value: 60, allowed: 0...59)),
        ("* 24 * * *", .outOfRange(field: "hour", value: 24, allowed: 0...23)),
        ("* * 0 * *", .outOfRange(field: "day of month", value: 0, allowed: 1...31)),
        ("* * * 13 *", .outOfRange(field: "month", value: 13, allowed: 1...12)),
        ("* * * * 8", .outOfRange(field: "day of week", value: 8, allowed: 0...7)),
        ("99 99 99 99 9", .outOfRange(field: "minute", value: 99, allowed: 0...59)),
        ("*/0 * * * *", .invalid(field: "minute", text: "*/0")),
        ("*/ * * * *", .invalid(field: "minute", text: "*/")),
        ("1,,2 * * * *", .invalid(field: "minute", text: "")),
        ("1, * * * *", .invalid(field: "minute", text: "")),
        ("-1 * * * *", .invalid(field: "minute", text: "")),
        ("+1 * * * *", .invalid(field: "minute", text: "+1")),
        ("1-2-3 * * * *", .invalid(field: "minute", text: "2-3")),
        ("1/2/3 * * * *", .invalid(field: "minute", text: "1/2/3")),
        ("20-10 * * * *", .backwards(field: "minute", text: "20-10")),
        ("* * * dec-jan *", .backwards(field: "month", text: "dec-jan")),
        ("* * * mon *", .invalid(field: "month", text: "mon")),
        ("* * * * monday", .invalid(field: "day of week", text: "monday")),
        ("١ * * * *", .invalid(field: "minute", text: "١")),
        ("99999999999999999999 * * * *", .invalid(field: "minute", text: "99999999999999999999")),
    ])
    func `refuses`(text: String, error: CronError) {
        #expect(throws: error) { try CronSchedule(text) }
    }

    // MARK: - Matching

    /// 2026-11-02 is a Monday.
    private static let monday = LocalTime(year: 2026, month: 11, day: 2)

    @Test(arguments: [
        ("* * * * *", Self.monday.at(0), true),
        ("30 9 * * mon-fri", Self.monday.at(9, 30), true),
        ("30 9 * * MON-FRI", Self.monday.at(9, 30, 59), true),
        ("30 9 * * mon-fri", Self.monday.at(9, 31), false),
        ("30 9 * * tue", Self.monday.at(9, 30), false),
        ("*/20 * * * *", Self.monday.at(4, 40), true),
        ("*/20 * * * *", Self.monday.at(4, 50), false),
        ("10-40/15 * * * *", Self.monday.at(4, 40), true),
        ("7/10 * * * *", Self.monday.at(4, 57), true),
        ("7/10 * * * *", Self.monday.at(4, 0), false),
        ("1,2,50-52 * * * *", Self.monday.at(4, 51), true),
        ("0 0 * nov *", Self.monday.at(0), true),
        ("@monthly", Self.monday.at(0), false),
        ("@Daily", Self.monday.at(0), true),
        ("@hourly", Self.monday.at(7), true),
        // One off is the classic: Sunday is 0 and 7, Monday 1.
        ("0 0 * * 1", Self.monday.at(0), true),
        ("0 0 * * 0", LocalTime(year: 2026, month: 11, day: 1), true),
        ("0 0 * * 7", LocalTime(year: 2026, month: 11, day: 1), true),
        ("0 0 * * fri-sun", LocalTime(year: 2026, month: 11, day: 1), true),
        ("0 0 * * fri-sun", Self.monday.at(0), false),
        ("0 0 * * 5-7", LocalTime(year: 2026, month: 11, day: 1), true),
        ("@weekly", LocalTime(year: 2026, month: 11, day: 1), true),
        // Both day fields restricted: either will do.
        ("0 0 13 * mon", Self.monday.at(0), true),
        ("0 0 2 * fri", Self.monday.at(0), true),
        ("0 0 13 * fri", Self.monday.at(0), false),
        ("0 0 2 * *", Self.monday.at(0), true),
        ("0 0 * * fri", Self.monday.at(0), false),
    ])
    func `matches`(text: String, local: LocalTime, expected: Bool) throws {
        #expect(try CronSchedule(text).matches(local) == expected)
    }

    // MARK: - Fires

    @Test func `a day that no year has never comes and never was`() throws {
        for text in ["0 0 31 2 *", "* * 30 feb *", "0 12 31 4,6,9,11 *"] {
            let schedule = try CronSchedule(text)
            #expect(schedule.next(after: 1_793_600_000, in: .utc) == nil)
            #expect(schedule.previous(before: 1_793_600_000, in: .utc) == nil)
        }
    }

    @Test func `29 February is found across a century that has none`() throws {
        let schedule = try CronSchedule("0 0 29 2 *")
        let before = LocalTime(year: 2096, month: 2, day: 29).secondsSinceEpoch
        let after = LocalTime(year: 2104, month: 2, day: 29).secondsSinceEpoch
        #expect(schedule.next(after: before, in: .utc) == after)
        #expect(schedule.previous(before: after, in: .utc) == before)
    }

    @Test func `fires lie strictly after and before`() throws {
        let schedule = try CronSchedule("30 9 * * *")
        let fire = Self.monday.at(9, 30).secondsSinceEpoch
        #expect(schedule.next(after: fire - 1, in: .utc) == fire)
        #expect(schedule.next(after: fire, in: .utc) == fire + 86_400)
        #expect(schedule.next(after: fire + 15, in: .utc) == fire + 86_400)
        #expect(schedule.previous(before: fire + 1, in: .utc) == fire)
        #expect(schedule.previous(before: fire, in: .utc) == fire - 86_400)
    }

    // MARK: - Clocks put forward and back

    /// What fires on a day, as the wall shows it with the offset to UTC.
    private func fires(_ text: String, _ zone: String, from start: String, hours: Int64) throws -> [String] {
        let (schedule, rules) = (try CronSchedule(text), try ZoneRules.named(zone))
        let parts = start.split(separator: "-").compactMap { Int($0) }
        let day = LocalTime(year: parts[0], month: parts[1], day: parts[2])
        let begin = rules.moments(of: day).first
        var forward: [Int64] = []
        var moment = begin - 1
        while let fire = schedule.next(after: moment, in: rules), fire < begin + hours * 3600 {
            forward.append(fire)
            moment = fire
        }
        var backward: [Int64] = []
        moment = begin + hours * 3600
        while let fire = schedule.previous(before: moment, in: rules), fire >= begin {
            backward.append(fire)
            moment = fire
        }
        #expect(forward == backward.reversed(), "the way back differs")
        return forward.map {
            "\(rules.localTime(at: $0).description.dropFirst(11).prefix(5)) \(rules.offset(at: $0).abbreviation)"
        }
    }

    /// Berlin: 02:00 becomes 03:00 on 29 March 2026, 03:00 becomes 02:00 on 25 October.
    @Test(arguments: [
        // In the gap: once, at its end, however many fall into it.
        ("30 2 * * *", "2026-03-29", ["03:00 CEST"]),
        ("*/10 2 * * *", "2026-03-29", ["03:00 CEST"]),
        ("30 1-3 * * *", "2026-03-29", ["01:30 CET", "03:00 CEST", "03:30 CEST"]),
        ("0 2,3 * * *", "2026-03-29", ["03:00 CEST"]),
        // Shown twice: once, the first time.
        ("30 2 * * *", "2026-10-25", ["02:30 CEST"]),
        ("30 1-3 * * *", "2026-10-25", ["01:30 CEST", "02:30 CEST", "03:30 CET"]),
        // Every hour: as the clocks show it.
        ("30 * * * *", "2026-03-29", ["00:30 CET", "01:30 CET", "03:30 CEST"]),
        ("30 * * * *", "2026-10-25", ["00:30 CEST", "01:30 CEST", "02:30 CEST", "02:30 CET"]),
    ])
    func `in Berlin`(text: String, day: String, expected: [String]) throws {
        let found = try fires(text, "Europe/Berlin", from: day, hours: 24)
        #expect(Array(found.prefix(expected.count)) == expected)
        if !text.contains(" * * * *") { #expect(found.count == expected.count) }
    }

    @Test func `a schedule of every hour is evenly spaced through both`() throws {
        for day in ["2026-03-29", "2026-10-25"] {
            #expect(try fires("*/10 * * * *", "Europe/Berlin", from: day, hours: 23).count == 23 * 6)
        }
    }

    @Test func `half an hour put back, as on Lord Howe, and a day that was skipped, as on Samoa`() throws {
        // 5 April 2026: 02:00 becomes 01:30.
        #expect(
            try fires("45 1 * * *", "Australia/Lord_Howe", from: "2026-04-05", hours: 24) == ["01:45 +11"])
        // 30 December 2011 never was; what was due on it is done when it would have been over.
        #expect(try fires("0 12 30 12 *", "Pacific/Apia", from: "2011-12-31", hours: 24) == ["00:00 +14"])
    }
}
