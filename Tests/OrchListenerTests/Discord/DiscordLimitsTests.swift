import JSON
import Platform
import Testing

@testable import OrchListener

struct DiscordLimitsTests {
    private let now = MonotonicTime(nanoseconds: 1_000_000_000)

    @Test func `what is counted together has one name`() {
        #expect(
            DiscordLimits.route("POST", "/channels/5/messages")
                == DiscordLimits.route("POST", "/channels/5/messages"))
        #expect(
            DiscordLimits.route("POST", "/channels/5/messages")
                != DiscordLimits.route("POST", "/channels/6/messages"))
        #expect(
            DiscordLimits.route("PATCH", "/channels/5/messages/1")
                == DiscordLimits.route("PATCH", "/channels/5/messages/2"))
        #expect(
            DiscordLimits.route("PATCH", "/channels/5/messages/1")
                != DiscordLimits.route("POST", "/channels/5/messages/1"))
    }

    @Test func `an empty bucket is waited for, a full one and another are not`() {
        var limits = DiscordLimits()
        limits.note(remaining: "4", resetAfter: "1.5", for: "a", now: now)
        #expect(limits.wait(for: "a", now: now) == nil)
        limits.note(remaining: "0", resetAfter: "1.5", for: "a", now: now)
        #expect(limits.wait(for: "a", now: now) == .milliseconds(1500))
        #expect(limits.wait(for: "b", now: now) == nil)
        #expect(limits.wait(for: "a", now: now + .milliseconds(1499)) == .milliseconds(1))
        #expect(limits.wait(for: "a", now: now + .milliseconds(1500)) == nil)
    }

    @Test(arguments: ["", "x", "-1", "nan", "inf", "-inf"])
    func `what makes no sense limits nothing`(_ reset: String) {
        var limits = DiscordLimits()
        limits.note(remaining: "0", resetAfter: reset, for: "a", now: now)
        #expect(limits.wait(for: "a", now: now) == nil)
    }

    @Test func `no wait is longer than an hour`() {
        var limits = DiscordLimits()
        limits.note(remaining: "0", resetAfter: "1e300", for: "a", now: now)
        #expect(limits.wait(for: "a", now: now) == DiscordLimits.longestWait)
    }

    @Test func `a refusal says how long, in its body before its header`() {
        #expect(DiscordLimits.retryAfter(body: ["retry_after": 0.25], header: "1") == .milliseconds(250))
        #expect(DiscordLimits.retryAfter(body: ["retry_after": 2], header: nil) == .seconds(2))
        #expect(DiscordLimits.retryAfter(body: .null, header: "3") == .seconds(3))
        #expect(DiscordLimits.retryAfter(body: .null, header: nil) == .seconds(5))
    }

    @Test func `buckets fill no memory`() {
        var limits = DiscordLimits()
        for number in 0..<5000 { limits.note(remaining: "0", resetAfter: "9", for: "r\(number)", now: now) }
        #expect(limits.wait(for: "r4999", now: now) != nil)
        #expect(limits.count <= 1000)
    }
}
