import Subprocess
import Testing

@testable import Platform

struct PosixZoneRuleTests {
    @Test(arguments: [
        "", "CET", "C1", "-1", "CET1:60", "CET168", "CET-", "<CET1", "<>1", "CET-1CEST", "CET-1CEST,",
        "CET-1CEST,M3.5.0",
        "CET-1CEST,M3.5.0,", "CET-1CEST,M13.1.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,M3.0.0,M10.5.0",
        "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J365", "CET-1CEST,J1,366", "CET-1CEST,M3.5.0,M10.5.0x",
        "CET-1CEST,M3.5.0,M10.5.0/", "CET-99999999999999999999",
    ])
    func `refuses what is no rule`(text: String) {
        #expect(PosixZoneRule(text) == nil)
    }

    @Test(arguments: [
        "UTC0", "CET-1CEST,M3.5.0,M10.5.0/3", "NZST-12NZDT,M9.5.0,M4.1.0/3",
        "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
        "EST5EDT,J60,J300", "EST5EDT,59/0,299/26", "IST-1GMT0,M10.5.0,M3.5.0/1",
        "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
        "EET-2EEST,M3.4.4/50,M10.4.4/50", "AAA-1:02:03BBB-2:03:04,M2.5.6/2:30:15,M11.1.1",
    ])
    func `agrees with date(1) for years to come`(text: String) throws {
        #if os(Linux)
            let rule = try #require(PosixZoneRule(text))
            let moments = Array(stride(from: Int64(0), to: 3_000_000_000, by: 1_234_567))
            var command = Command.plain("date", "-f", "-", "+%::z %Z")
            command.environment["TZ"] = text
            command.input = .text(moments.map { "@\($0)\n" }.joined())
            let lines = try command.run().text.split(separator: "\n")
            #expect(lines.count == moments.count)
            let wrong = zip(moments, lines).filter { moment, line in
                let offset = rule.offset(at: moment)
                let clock = LocalTime(secondsSinceEpoch: Int64(abs(offset.seconds))).description.suffix(8)
                return "\(offset.seconds < 0 ? "-" : "+")\(clock) \(offset.abbreviation)" != line
            }
            #expect(wrong.first == nil)
        #endif
    }
}

struct LocalTimeTests {
    @Test func `seconds and fields are inverse over all days of 800 years`() {
        let first = LocalTime.days(year: 1600, month: 1, day: 1)
        let last = LocalTime.days(year: 2400, month: 1, day: 1)
        #expect(last - first == 2 * 146_097)
        let isWrong = { (day: Int64) in
            let local = LocalTime(secondsSinceEpoch: day * 86_400 + 86_399)
            let before = LocalTime(secondsSinceEpoch: day * 86_400 - 1)
            let follows =
                local.day == before.day + 1 || local.day == 1 && local.month == before.month % 12 + 1
            return local.secondsSinceEpoch != day * 86_400 + 86_399
                || local.weekday != (before.weekday + 1) % 7
                || !follows
        }
        #expect((first..<last).first(where: isWrong) == nil)
    }

    @Test(arguments: [(1900, 28), (1999, 28), (2000, 29), (2024, 29), (2026, 28), (2100, 28)])
    func `knows leap years`(year: Int, days: Int64) {
        let february = LocalTime.days(year: year, month: 2, day: 1)
        #expect(LocalTime.days(year: year, month: 3, day: 1) - february == days)
    }

    @Test func `fields out of range carry over`() {
        #expect(LocalTime(year: 2026, month: 1, day: 32) == LocalTime(year: 2026, month: 2, day: 1))
        #expect(LocalTime(year: 2026, month: 13, day: 1) == LocalTime(year: 2027, month: 1, day: 1))
        #expect(LocalTime(year: 2026, month: 0, day: 1) == LocalTime(year: 2025, month: 12, day: 1))
        #expect(LocalTime(year: 2026, month: 1, day: 1).at(25).secondsSinceEpoch % 86_400 == 3600)
    }

    @Test func `reads as ISO 8601`() {
        #expect(LocalTime(year: 2026, month: 3, day: 9).at(22, 5).description == "2026-03-09T22:05:00")
    }
}
