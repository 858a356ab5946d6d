import KitTesting
import OrchCore
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct TimestampTests {
    @Test func `a sum beyond the end of time stays there`() {
        let (first, last) = (Timestamp(seconds: .min), Timestamp(seconds: .max))
        #expect(last + .seconds(1) == last)
        #expect(first - .seconds(1) == first)
        #expect(last.since(Timestamp(seconds: -1)) == .seconds(Int.max))
        #expect(first.since(Timestamp(seconds: 1)) == .seconds(Int.min))
        #expect(Timestamp(seconds: 5) + .seconds(Int.max) == last)
    }

    @Test(arguments: [
        "", "Z", "2026-02-03", "2026-02-03T04:05:06", "2026-02-03T04:05:06+00:00", "2026-02-03 04:05:06Z",
        "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z",
        "2026-02-29T00:00:00Z", "2024-02-30T00:00:00Z", "2026-04-31T00:00:00Z", "1900-02-29T00:00:00Z",
        "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:60Z", "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00.5xZ", "2026-01-01T00:00:00x5Z", "+026-01-01T00:00:00Z", "２026-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z ", "-001-01-01T00:00:00Z",
    ])
    func `what is no moment is none`(text: String) { #expect(Timestamp(iso8601: text) == nil) }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59Z", -1), ("2000-02-29T12:00:00Z", 951_825_600),
        ("2026-02-03T04:05:06Z", 1_770_091_506), ("2026-02-03T04:05:06.999Z", 1_770_091_506),
        ("0001-01-01T00:00:00Z", -62_135_596_800), ("9999-12-31T23:59:59Z", 253_402_300_799),
        ("1969-12-31T23:59:59.9Z", -1),
    ])
    func `a moment reads as its seconds`(text: String, seconds: Int) {
        #expect(Timestamp(iso8601: text)?.seconds == seconds)
    }

    /// The C library's own calendar is the oracle: gmtime(3).
    @Test func `every moment prints as the C library prints it, and reads back`() {
        var generator = SeededGenerator(seed: 3)
        let edges = [0, -1, 86_399, 86_400, -86_400, -86_401, 951_782_400, 951_868_799, 4_107_542_400]
        let random = (0..<5_000).map { _ in
            Int.random(in: -62_135_596_800...253_402_300_799, using: &generator)
        }
        for seconds in edges + random {
            var moment = time_t(seconds)
            var fields = tm()
            gmtime_r(&moment, &fields)
            var buffer = [CChar](repeating: 0, count: 40)
            let length = strftime(&buffer, buffer.count, "-%m-%dT%H:%M:%SZ", &fields)
            let rest = String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let year = String(Int(fields.tm_year) + 1900)
            let expected = String(repeating: "0", count: 4 - year.count) + year + rest
            let timestamp = Timestamp(seconds: seconds)
            #expect(timestamp.iso8601 == expected)
            #expect(Timestamp(iso8601: expected) == timestamp)
        }
    }

    @Test func `every day of four hundred years follows the day before`() {
        for day in stride(from: -719_162, through: -719_162 + 146_097, by: 1) {
            let text = Timestamp(seconds: day * 86_400).iso8601
            #expect(Timestamp(iso8601: text)?.seconds == day * 86_400)
        }
    }

    @Test func `moments move by whole seconds`() {
        let moment = Timestamp(seconds: 100)
        #expect(moment + .milliseconds(1_999) == Timestamp(seconds: 101))
        #expect(moment - .seconds(101) == Timestamp(seconds: -1))
        #expect(moment.since(moment + .seconds(5)) == .seconds(-5))
        #expect(moment < moment + .seconds(1))
    }

    @Test(arguments: [
        (-5, "0s"), (0, "0s"), (59, "59s"), (60, "1m 0s"), (200, "3m 20s"), (3_599, "59m 59s"),
        (3_600, "1h 0m"), (7_500, "2h 5m"), (360_000, "100h 0m"),
    ])
    func `lengths print as v0 prints them`(seconds: Int, expected: String) {
        #expect(Duration.seconds(seconds).brief == expected)
    }
}
