import KitTesting
import Testing

@testable import Arguments

struct DurationSpellingTests {
    @Test(arguments: [
        "", "0", "30", "s", "-5s", "+5s", "1.5h", "5 m", " 5m", "5m ", "5M", "5w", "1m1h", "1s1s", "1h30",
        "٣s", "5mm",
        "9223372036854775807d", "99999999999999999999s", "36500d1ms", "m5",
    ])
    func `other text is no duration`(text: String) {
        #expect(Duration(spelled: text) == nil)
    }

    @Test(arguments: [
        ("0s", .zero), ("500ms", .milliseconds(500)), ("30s", .seconds(30)), ("5m", .seconds(300)),
        ("2h", .seconds(7200)), ("7d", .seconds(604_800)), ("1h30m", .seconds(5400)), ("90m", .seconds(5400)),
        ("1d2h3m4s5ms", .milliseconds(93_784_005)), ("36500d", Duration.longestSpelled),
        ("007s", .seconds(7)),
    ])
    func `a duration is read from its spelling`(text: String, expected: Duration) {
        #expect(Duration(spelled: text) == expected)
    }

    @Test func `what is spelled is read back`() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2000 {
            let limit = Int64(1) << Int64.random(in: 1...41, using: &generator)
            let length = Duration.milliseconds(Int64.random(in: 0..<limit, using: &generator))
            #expect(Duration(spelled: length.spelled) == length)
        }
    }
}
