import OrchCore
import Testing

@Suite struct TellingTests {
    private let now = Timestamp(seconds: 1_800_000_000)

    private func waiting(
        _ id: Int, _ kind: Notice.Kind = .needsReview, ago: Int = 0, dueIn: Int = 0
    ) -> WaitingNotice {
        let notice = Notice(kind, key: "k\(id)", text: "notice \(id)", at: now - .seconds(ago))
        return WaitingNotice(id: id, notice: notice, dueAt: now + .seconds(dueIn), tries: 0)
    }

    private func told(
        _ waiting: [WaitingNotice], at minute: Int = 12 * 60,
        _ configure: (inout NoticeSink) -> Void = { _ in }
    ) -> [[Int]] {
        var sink = NoticeSink()
        configure(&sink)
        return Telling.messages(of: waiting, by: sink, now: now, minuteOfDay: minute).map { $0.map(\.id) }
    }

    @Test func `each is a message of its own, and what is not due yet waits`() {
        #expect(told([waiting(1), waiting(2, dueIn: 1), waiting(3)]) == [[1], [3]])
        #expect(told([]).isEmpty)
    }

    @Test func `many at once are one message, and very many a few`() {
        #expect(told((1...5).map { waiting($0) }).count == 5)
        #expect(told((1...6).map { waiting($0) }) == [Array(1...6)])
        #expect(told((1...101).map { waiting($0) }).map(\.count) == [50, 50, 1])
    }

    @Test func `by quiet hours only alarms are told`() {
        let all = [waiting(1), waiting(2, .agentBroken)]
        let night = QuietHours("22:00-07:00")
        #expect(told(all, at: 23 * 60) { $0.quietHours = night } == [[2]])
        #expect(told(all, at: 7 * 60) { $0.quietHours = night } == [[2], [1]])
    }

    @Test func `what is gathered waits for its time, and an alarm does not`() {
        func hourly(_ waiting: [WaitingNotice]) -> [[Int]] { told(waiting) { $0.digest = .seconds(3600) } }
        #expect(hourly([waiting(1, ago: 3599), waiting(2)]).isEmpty)
        #expect(hourly([waiting(1, ago: 3600), waiting(2)]) == [[1, 2]])
        #expect(hourly([waiting(1, ago: 10), waiting(2, .agentBroken)]) == [[2]])
    }

    @Test func `a try that failed is repeated later each time`() {
        let pauses = (1...9).map { Telling.again(after: $0, now: now).since(now).wholeSeconds }
        #expect(pauses == [60, 120, 240, 480, 960, 1920, 3840, 3840, 3840])
        #expect(Telling.again(after: 0, now: now) == now + .seconds(60))
    }

    @Test func `one reads as it stands, several as a list`() {
        var notice = Notice(.pullOpened, key: "k", text: "demo: task 7: opened", at: now)
        notice.url = "https://github.com/o/r/pull/1"
        let opened = WaitingNotice(id: 1, notice: notice, dueAt: now, tries: 0)
        #expect(Telling.text(of: [opened]) == "demo: task 7: opened https://github.com/o/r/pull/1")
        #expect(
            Telling.text(of: [waiting(2), opened])
                == "2 notices\n- notice 2\n- demo: task 7: opened https://github.com/o/r/pull/1")
    }

    @Test func `a sink takes what reaches its level, or the kinds that it names`() {
        func takes(_ kind: Notice.Kind, _ configure: (inout NoticeSink) -> Void = { _ in }) -> Bool {
            var sink = NoticeSink()
            configure(&sink)
            return sink.takes(Notice(kind, key: "k", text: "", at: now))
        }
        #expect(takes(.needsReview) && takes(.agentBroken) && !takes(.taskDone))
        #expect(takes(.taskDone) { $0.level = .info })
        #expect(!takes(.needsReview) { $0.level = .alarm })
        #expect(takes(.pullMerged) { $0.kinds = [.pullMerged] })
        #expect(!takes(.agentBroken) { $0.kinds = [.pullMerged] })
    }

    @Test(arguments: [
        ("22:00-07:00", 1320, true), ("22:00-07:00", 0, true), ("22:00-07:00", 419, true),
        ("22:00-07:00", 420, false), ("22:00-07:00", 1319, false), ("09:30-17:00", 570, true),
        ("09:30-17:00", 1020, false), ("09:30-17:00", 569, false), ("00:00-23:59", 1439, false),
    ])
    func `quiet hours begin with their first minute and end before their last`(
        text: String, minute: Int, isQuiet: Bool
    ) throws {
        let hours = try #require(QuietHours(text))
        #expect(hours.contains(minute) == isQuiet)
        #expect(hours.text == text)
    }

    @Test(arguments: [
        "", "22-7", "22:00", "22:00-", "24:00-07:00", "22:60-07:00", "07:00-07:00", "22:00-07:00-08:00",
        " 22:00-07:00", "22:00–07:00", "2:00-07:00", "-1:00-07:00", "+1:00-07:00",
    ])
    func `other words are no quiet hours`(text: String) { #expect(QuietHours(text) == nil) }
}
