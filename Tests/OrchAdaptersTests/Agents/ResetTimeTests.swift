import OrchCore
import Platform
import Testing

@testable import OrchAdapters

@Suite struct ResetTimeTests {
    /// Monday 2026-11-23 12:00 UTC.
    private let now = AgentFixture.now

    @Test(arguments: [
        "", "try again later", "resets", "resets soon", "try again at noon", "try again in a while",
        "resets 25:00",
        "resets 13pm", "resets 10:61", "resets 3", "again in 0 seconds", "again in -5 seconds",
        "again in 9999999999 days",
        "limit reached|1795000000", "limit reached|9999999999", "resets 2020-01-01T00:00:00Z",
        "in 30 seconds it broke",
    ])
    func `no moment, or none to come, is nil`(text: String) {
        #expect(ResetTime.find(in: text, now: now, zone: .utc) == nil)
    }

    @Test(arguments: [
        ("Please try again in 30 seconds.", "2026-11-23T12:00:30Z"),
        ("Please try again in 1.5s", "2026-11-23T12:00:02Z"),
        ("try again in 2h15m", "2026-11-23T14:15:00Z"),
        ("try again in 2h 15m", "2026-11-23T14:15:00Z"),
        ("Try again in 3 days 4 hours", "2026-11-26T16:00:00Z"),
        ("try again in 1 hour and 5 minutes, or upgrade", "2026-11-23T13:05:00Z"),
        ("Your limit resets in 45 minutes", "2026-11-23T12:45:00Z"),
        ("retry after 20 seconds", "2026-11-23T12:00:20Z"),
        ("or try again at 10:59 PM.", "2026-11-23T22:59:00Z"),
        ("or try again at 10:59 AM.", "2026-11-24T10:59:00Z"),
        ("resets 12am", "2026-11-24T00:00:00Z"),
        ("resets 12pm", "2026-11-24T12:00:00Z"),
        ("resets at 15:30", "2026-11-23T15:30:00Z"),
        ("You’ve hit your limit · resets 3pm (UTC)", "2026-11-23T15:00:00Z"),
        ("resets 3 p.m.", "2026-11-23T15:00:00Z"),
        ("try again at Nov 24th, 2026 12:26 AM.", "2026-11-24T00:26:00Z"),
        ("resets Dec 6, 10am (UTC)", "2026-12-06T10:00:00Z"),
        ("resets Oct 6, 10am", "2027-10-06T10:00:00Z"),
        ("Claude AI usage limit reached|1795480000", "2026-11-24T00:26:40Z"),
        ("limited until 2026-11-23T13:00:00Z", "2026-11-23T13:00:00Z"),
    ])
    func `reads the moment`(text: String, moment: String) {
        #expect(ResetTime.find(in: text, now: now, zone: .utc)?.iso8601 == moment)
    }

    @Test func `a time of day is of this machine's zone, unless it names its own`() throws {
        let berlin = try ZoneRules.named("Europe/Berlin")
        #expect(ResetTime.find(in: "resets 3pm", now: now, zone: berlin)?.iso8601 == "2026-11-23T14:00:00Z")
        let named = ResetTime.find(in: "resets 3pm (America/New_York)", now: now, zone: berlin)
        #expect(named?.iso8601 == "2026-11-23T20:00:00Z")
        #expect(
            ResetTime.find(in: "resets 3pm (No/Where)", now: now, zone: berlin)?.iso8601
                == "2026-11-23T14:00:00Z")
    }

    @Test func `an hour that the clock change skips is the end of the gap`() throws {
        let berlin = try ZoneRules.named("Europe/Berlin")
        let eve = try #require(Timestamp(iso8601: "2026-03-28T22:00:00Z"))
        #expect(
            ResetTime.find(in: "resets 2:30am", now: eve, zone: berlin)?.iso8601 == "2026-03-29T01:00:00Z")
    }
}
