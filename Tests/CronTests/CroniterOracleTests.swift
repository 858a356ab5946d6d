import Cron
import KitTesting
import Platform
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where Python finds it: `scripts/setup-wheels` says. In CI it must be there: the test runs and fails
/// without it.
private let croniterFolder = getenv("ORCH_TEST_CRONITER").map { String(cString: $0) }
private let isCroniterThere = croniterFolder != nil || getenv("CI").map { String(cString: $0) } == "true"

/// Python's croniter finds the fires that we find, for tens of thousands of schedules and moments.
///
/// Left out is where it is wrong or means otherwise: searches across a change of the clocks, which lead it to
/// hours that the schedule does not have (`CronScheduleTests` has a table for these), and a day field that
/// names every day without being `*`.
@Suite(
    .enabled(if: isCroniterThere, "needs scripts/setup-wheels")
)
struct CroniterOracleTests {
    private static let zones = [
        "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu",
        "America/St_Johns",
        "Pacific/Chatham", "America/Sao_Paulo",
    ]
    private static let pairs = 21_000

    private struct Question {
        let text: String
        let zone: String
        let moment: Int64
    }

    @Test func `croniter agrees on the next and the previous fire`() throws {
        var random = SeededGenerator(seed: 11)
        let questions = (0..<Self.pairs).map { _ in
            Question(
                text: Self.schedule(&random), zone: random.pick(Self.zones),
                // From 2015 to 2033, on a minute and off it; Python's zones have no rules after 2037.
                moment: 1_420_070_400 + Int64(random.below(18 * 365 * 86_400 / 30)) * 30)
        }
        let answers = try Self.ask(questions)
        try #require(answers.count == questions.count)
        var (compared, differing) = (0, [String]())
        for (question, answer) in zip(questions, answers) {
            let (schedule, zone) = (try CronSchedule(question.text), try ZoneRules.named(question.zone))
            let found = [
                schedule.next(after: question.moment, in: zone),
                schedule.previous(before: question.moment, in: zone),
            ]
            for (ours, theirs) in zip(found, answer)
            where Self.isPlain(ours, theirs, question.moment, in: zone) {
                compared += 1
                if ours != theirs {
                    differing.append(
                        "\(question.text) \(question.zone) \(question.moment): \(ours ?? 0) \(theirs ?? 0)")
                }
            }
        }
        #expect(differing.prefix(5) == [], "\(differing.count) of \(compared) differ")
        #expect(compared > 30_000, "most were left out")
    }

    /// Whether clocks are at the fire as they are at the moment that was asked about, and for a day around
    /// both.
    private static func isPlain(_ ours: Int64?, _ theirs: Int64?, _ moment: Int64, in zone: ZoneRules) -> Bool
    {
        let offset = zone.offset(at: moment)
        return [ours, theirs, moment].compactMap(\.self).allSatisfy { moment in
            [-86_400, 0, 86_400].allSatisfy { zone.offset(at: moment + $0) == offset }
        }
    }

    // MARK: - Random schedules

    private static func schedule(_ random: inout SeededGenerator) -> String {
        if random.chance(3) {
            return random.pick([
                "@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually",
            ])
        }
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        let weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
        return [
            field(0...59, open: 20, &random), field(0...23, open: 30, &random),
            field(1...28, open: 60, &random),
            field(1...12, open: 70, names: months, &random), field(0...6, open: 60, names: weekdays, &random),
        ].joined(separator: " ")
    }

    /// - Parameter open: percent of `*`.
    private static func field(
        _ range: ClosedRange<Int>, open: Int, names: [String] = [], _ random: inout SeededGenerator
    ) -> String {
        if random.chance(open) { return "*" }
        // Two parts of a week may be all of it.
        let parts = range.count == 7 ? 1 : 1 + random.below(3)
        return (0..<parts).map { _ in part(range, names, &random) }.joined(separator: ",")
    }

    private static func part(
        _ range: ClosedRange<Int>, _ names: [String], _ random: inout SeededGenerator
    ) -> String {
        let first = range.lowerBound + random.below(range.count - 1)
        // Never the whole range, which is a restriction to us and none to croniter; never `9-9`, which it
        // takes for all.
        let last = min(first + 1 + random.below(range.count / 2), range.upperBound)
        let word = names.isEmpty || random.chance(50) ? "\(first)" : names[first - range.lowerBound]
        switch random.below(4) {
        case 0: return "\(first)-\(last)"
        case 1: return "\(first)-\(last)/\(1 + random.below(5))"
        case 2 where range.count > 20: return "*/\(2 + random.below(14))"
        default: return word
        }
    }

    // MARK: - Asking Python

    private static let script = """
        import sys
        from datetime import datetime
        from dateutil import tz
        from croniter import croniter
        zones = {}
        with open(sys.argv[1]) as questions, open(sys.argv[2], "w") as answers:
            for line in questions:
                text, name, moment = line.rstrip("\\n").split("\\t")
                zone = zones.setdefault(name, tz.gettz(name))
                start = datetime.fromtimestamp(int(moment), zone)
                # Reading the text is half of the work: once for both.
                try:
                    schedule = croniter(text, start)
                except Exception:
                    print("-\\t-", file=answers)
                    continue
                found = []
                for ask in (schedule.get_next, schedule.get_prev):
                    schedule.set_current(start, force=True)
                    try:
                        found.append(str(int(ask(float))))
                    except Exception:
                        found.append("-")
                print("\\t".join(found), file=answers)
        """

    private static func ask(_ questions: [Question]) throws -> [[Int64?]] {
        var template = Array("\(Scratch.parent)/cron-tests-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        let names = ["script", "questions", "answers"].map { "\(folder)/\($0)" }
        defer {
            names.forEach { unlink($0) }
            rmdir(folder)
        }
        let lines = questions.map { "\($0.text)\t\($0.zone)\t\($0.moment)\n" }.joined()
        try AtomicFile.write(Array(Self.script.utf8), to: names[0])
        try AtomicFile.write(Array(lines.utf8), to: names[1])
        try #require(
            system(
                "PYTHONPATH='\(croniterFolder ?? "")' /usr/bin/python3 '\(names[0])' '\(names[1])' '\(names[2])'"
            ) == 0)
        let answers = try #require(try WholeFile.readIfPresent(names[2], limitBytes: 16 << 20))
        return String(decoding: answers, as: UTF8.self).split(separator: "\n").map { line in
            line.split(separator: "\t").map { Int64($0) }
        }
    }
}
