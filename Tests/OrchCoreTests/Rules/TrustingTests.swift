import OrchCore
import Testing

@Suite struct TrustingTests {
    private let now = Timestamp(seconds: 1_800_000_000)
    private let listener = Owner(bootID: "b", pid: 7, startTime: 1)

    private func beat(ago: Int = 5, unbroken: Int = 5000, hears: Bool = true) -> Heartbeat {
        Heartbeat(
            listener: listener, unbrokenSince: now - .seconds(unbroken), at: now - .seconds(ago),
            hearsGitHub: hears)
    }

    private func watch(ago: Int = 100, _ verdict: HookWatch.Verdict = .sound) -> HookWatch {
        HookWatch(at: now - .seconds(ago), verdict: verdict, hook: 7)
    }

    private func hears(_ beat: Heartbeat?, _ watch: HookWatch?, isAlive: Bool = true) -> Bool {
        Trusting.hears(beat, isListenerAlive: isAlive, watch: watch, now: now)
    }

    @Test func `a listener that is there, with a webhook that was looked at, is relied on`() {
        #expect(hears(beat(), watch()))
        #expect(hears(beat(ago: 34), watch(ago: 719)))
    }

    @Test func `each sign that is missing makes ticks ask`() {
        #expect(!hears(nil, watch()))
        #expect(!hears(beat(ago: 35), watch()), "the heartbeat has stopped")
        #expect(!hears(beat(ago: -1), watch()), "the clock was set back")
        #expect(!hears(beat(), watch(), isAlive: false), "it was killed a moment ago")
        #expect(!hears(beat(hears: false), watch()), "it takes no webhooks")
        #expect(!hears(beat(), nil), "nobody has looked at the webhook")
        #expect(!hears(beat(), watch(ago: 720)), "no sync looks any more")
        #expect(!hears(beat(), watch(ago: -1)))
        #expect(!hears(beat(unbroken: 99), watch(ago: 100)), "it was away since")
    }

    @Test(arguments: HookWatch.Verdict.allCases)
    func `only a webhook that is sound is relied on`(verdict: HookWatch.Verdict) {
        #expect(hears(beat(), watch(verdict)) == (verdict == .sound))
    }

    private func watch(_ verdict: HookWatch.Verdict) -> HookWatch { watch(ago: 100, verdict) }

    @Test func `a picture is current until something arrives, and for a quarter of an hour`() {
        func isCurrent(_ asked: Asked?, newest: Int = 7, away: Int = 5000) -> Bool {
            Trusting.isCurrent(asked, newest: newest, since: now - .seconds(away), now: now)
        }
        let asked = Asked(row: 7, at: now - .seconds(899))
        #expect(isCurrent(asked))
        #expect(!isCurrent(asked, newest: 8))
        #expect(!isCurrent(nil, newest: 0))
        #expect(!isCurrent(Asked(row: 7, at: now - .seconds(900))))
        #expect(!isCurrent(Asked(row: 7, at: now + .seconds(1))))
        #expect(!isCurrent(asked, away: 898), "the listener was away since")
    }

    @Test func `what a cursor keeps is read as it was written`() {
        for watch in [
            HookWatch(at: now, verdict: .sound, hook: 12),
            HookWatch(at: now, verdict: .refused, hook: nil, reason: "the account lacks a right: 403"),
        ] {
            #expect(HookWatch(watch.text) == watch)
        }
        let asked = Asked(row: 9, at: now)
        #expect(Asked(asked.text) == asked)
        for text in ["", "x", "2027-01-15T08:00:00Z lost 7 ", "2027-01-15T08:00:00Z sound"] {
            #expect(HookWatch(text) == nil)
        }
        for text in ["", "7", "x 2027-01-15T08:00:00Z", "7 then"] { #expect(Asked(text) == nil) }
    }

    @Test func `a webhook is looked at again in time`() {
        #expect(!watch(ago: 299).isDue(now, heartbeat: beat()))
        #expect(watch(ago: 300).isDue(now, heartbeat: beat()))
        #expect(watch(ago: 100).isDue(now, heartbeat: beat(unbroken: 99)), "the listener was away since")
        #expect(watch(ago: 1, .missing).isDue(now, heartbeat: beat()))
        #expect(watch(ago: 1, .unproven).isDue(now, heartbeat: beat()))
        #expect(!watch(ago: 21_599, .refused).isDue(now, heartbeat: beat()))
        #expect(watch(ago: 21_600, .refused).isDue(now, heartbeat: beat()))
        #expect(watch(ago: -1).isDue(now, heartbeat: beat()))
    }
}
