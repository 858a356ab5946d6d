import KitTesting
import Subprocess
import Testing

@testable import Platform

struct ZoneRulesTests {
    private static let names = [
        "UTC", "Europe/Berlin", "Europe/London", "Europe/Dublin", "America/New_York", "America/Sao_Paulo",
        "America/St_Johns", "Australia/Lord_Howe", "Australia/Sydney", "Asia/Kolkata", "Asia/Kathmandu",
        "Africa/Casablanca", "Pacific/Apia", "Pacific/Chatham", "America/Nuuk", "Asia/Tehran",
    ]

    /// Moments from 1900 to 2400: even steps of about a month, and the hours around recent and far changes.
    private static let moments: [Int64] =
        Array(stride(from: -2_208_988_800, to: 13_569_465_600, by: 2_617_253))
        + [1_774_746_000, 1_792_976_400, 1_325_203_200, 4_078_000_000].flatMap { center in
            stride(from: center - 172_800, to: center + 172_800, by: 1800)
        }

    @Test(arguments: names)
    func `agrees with date(1)`(name: String) throws {
        #if os(Linux)
            let rules = try ZoneRules.named(name)
            let input = Self.moments.map { "@\($0)\n" }.joined()
            var command = Command.plain("date", "-f", "-", "+%Y-%m-%dT%H:%M:%S %z %Z %w")
            command.environment["TZ"] = name
            command.input = .text(input)
            let lines = try command.run().text.split(separator: "\n")
            #expect(lines.count == Self.moments.count)
            let wrong = zip(Self.moments, lines).filter { Self.described($0, in: rules) != $1 }
            #expect(wrong.first == nil)
        #endif
    }

    /// As `date` prints it with the format above.
    private static func described(_ moment: Int64, in rules: ZoneRules) -> String {
        let offset = rules.offset(at: moment)
        let minutes = abs(offset.seconds) / 60
        let digits = String(10_000 + minutes / 60 * 100 + minutes % 60).dropFirst()
        let local = rules.localTime(at: moment)
        return "\(local) \(offset.seconds < 0 ? "-" : "+")\(digits) \(offset.abbreviation) \(local.weekday)"
    }

    @Test(arguments: names)
    func `a shown time leads back to its moment`(name: String) throws {
        let rules = try ZoneRules.named(name)
        let lost = Self.moments.filter { moment in
            switch rules.moments(of: rules.localTime(at: moment)) {
            case .once(let found): found != moment
            case .twice(let earlier, let later): earlier >= later || (earlier != moment && later != moment)
            case .never: true
            }
        }
        #expect(lost.first == nil)
    }

    @Test(arguments: [
        // Clocks go forward at 01:00 UTC on 2026-03-29: 02:00 becomes 03:00.
        (
            "Europe/Berlin", LocalTime(year: 2026, month: 3, day: 29).at(1, 59, 59),
            ZoneRules.Moments.once(1_774_745_999)
        ),
        ("Europe/Berlin", LocalTime(year: 2026, month: 3, day: 29).at(2), .never(until: 1_774_746_000)),
        ("Europe/Berlin", LocalTime(year: 2026, month: 3, day: 29).at(2, 30), .never(until: 1_774_746_000)),
        (
            "Europe/Berlin", LocalTime(year: 2026, month: 3, day: 29).at(2, 59, 59),
            .never(until: 1_774_746_000)
        ),
        ("Europe/Berlin", LocalTime(year: 2026, month: 3, day: 29).at(3), .once(1_774_746_000)),
        // Back at 01:00 UTC on 2026-10-25: 03:00 becomes 02:00.
        ("Europe/Berlin", LocalTime(year: 2026, month: 10, day: 25).at(1, 59, 59), .once(1_792_886_399)),
        (
            "Europe/Berlin", LocalTime(year: 2026, month: 10, day: 25).at(2, 30),
            .twice(earlier: 1_792_888_200, later: 1_792_891_800)
        ),
        ("Europe/Berlin", LocalTime(year: 2026, month: 10, day: 25).at(3), .once(1_792_893_600)),
        // A day that Samoa skipped when it changed sides of the date line.
        ("Pacific/Apia", LocalTime(year: 2011, month: 12, day: 30), .never(until: 1_325_239_200)),
        (
            "Pacific/Apia", LocalTime(year: 2011, month: 12, day: 30).at(23, 59, 59),
            .never(until: 1_325_239_200)
        ),
        ("Pacific/Apia", LocalTime(year: 2011, month: 12, day: 31), .once(1_325_239_200)),
        // A change of half an hour.
        (
            "Australia/Lord_Howe", LocalTime(year: 2026, month: 4, day: 5).at(1, 45),
            .twice(earlier: 1_775_313_900, later: 1_775_315_700)
        ),
    ])
    func `knows times that are shown never or twice`(
        name: String, local: LocalTime, moments: ZoneRules.Moments
    ) throws {
        #expect(try ZoneRules.named(name).moments(of: local) == moments)
    }

    @Test(arguments: [
        "", "Nowhere/City", "../../etc/passwd", "/etc/localtime", "Europe//Berlin", "Europe/", "Europe", ".",
    ])
    func `an unknown zone is an error`(name: String) {
        #expect(throws: ZoneError.unknown(name: name)) { try ZoneRules.named(name) }
    }

    @Test func `a file that is none is unreadable`() throws {
        let folder = TemporaryFolder()
        let path = try folder.file(
            "zone", "TZif2 and then nothing of use, though long enough to hold a header of it")
        #expect(throws: ZoneError.unreadable(path: path)) { try ZoneRules.local(variable: path) }
    }

    @Test func `half a file is never read beyond its end`() throws {
        let whole = try WholeFile.read("/usr/share/zoneinfo/Europe/Berlin", limitBytes: 1 << 16)
        #expect(ZoneRules(name: "x", zoneFile: whole) != nil)
        for length in stride(from: 0, to: whole.count - 40, by: 7) {
            #expect(ZoneRules(name: "x", zoneFile: Array(whole[..<length])) == nil)
        }
        for index in whole.indices {
            var damaged = whole
            damaged[index] ^= 0xff
            // It may still be a zone; what counts is that any answer comes.
            _ = ZoneRules(name: "x", zoneFile: damaged)?.localTime(at: 1_774_746_000)
        }
    }

    @Test func `the machine's zone is that of TZ, in all its forms`() throws {
        let berlin = try ZoneRules.named("Europe/Berlin")
        for variable in ["Europe/Berlin", ":Europe/Berlin", "/usr/share/zoneinfo/Europe/Berlin"] {
            #expect(try ZoneRules.local(variable: variable).offsets == berlin.offsets)
        }
        #expect(try ZoneRules.local(variable: "") == .utc)
        #expect(try ZoneRules.local(variable: "<-03>3").offset(at: 0).seconds == -10_800)
        #expect(throws: Never.self) { try ZoneRules.local(variable: nil) }
        #expect(throws: ZoneError.self) { try ZoneRules.local(variable: "/no/such/file") }
        #expect(throws: ZoneError.self) { try ZoneRules.local(variable: "Nonsense/Zone") }
    }
}
