import JSON
import KitTesting
import OrchListener
import Platform
import Testing

/// A day of reconnects, at once: connections that are dropped right after they were resumed.
@Suite(.requiresDiscord, .serialized) struct DiscordLeakTests {
    /// What a bad day brings.
    private static let dropCount = 2000

    @Test func `thousands of dropped connections leave nothing behind`() throws {
        let standIn = try DiscordStandIn()
        let channel = try standIn.channel()
        var position = try standIn.listen(on: channel)
        // What is made once is made.
        position = try drop(100, standIn, channel, after: position)
        // A descriptor counts as its share of the memory, so that both are one number with one limit.
        let grown = try leastGrowth(of: Self.held, below: Self.heldLimit) {
            position = try drop(Self.dropCount, standIn, channel, after: position)
        }
        #expect(try standIn.state()["begun"].int == 1, "the session is the first one still")
        #expect(grown < Self.heldLimit, "\(grown) kB more after \(Self.dropCount) connections")
    }

    /// Lets so many connections end, one after the other, each in another way, and returns where that ended.
    private func drop(
        _ count: Int, _ standIn: DiscordStandIn, _ channel: DiscordChannel, after position: String
    ) throws -> String {
        for kind in ["drop", "reconnect", "garbage", "binary"] {
            let share = Int64(count / 4)
            try standIn.control("gateway", ["kind": .string(kind), "at": "ready", "count": .int(share)])
        }
        let waiting = try Waiting(for: channel, after: position)
        try standIn.control("gateway", ["kind": "drop", "now": true])
        var left = try standIn.troublesLeft()
        // As long as it goes on, however slow the machine is.
        while left > 0, try eventually(pace: .milliseconds(50), { try standIn.troublesLeft() < left }) {
            left = try standIn.troublesLeft()
        }
        #expect(left == 0)
        try standIn.control("write", ["text": "the last of \(count)"])
        waiting.join()
        let batch = waiting.batch
        #expect(batch?.messages.map(\.text) == ["the last of \(count)"])
        return try #require(batch?.position)
    }

    /// Less than a hundred descriptors, and than 20 MB.
    private static let heldLimit = 20_000

    private static func held() throws -> Int {
        try Directory.names(in: "/dev/fd").count * (heldLimit / 100) + residentKilobytes()
    }

    /// 0 where the system does not tell it so.
    private static func residentKilobytes() -> Int {
        guard let bytes = try? WholeFile.read("/proc/self/status", limitBytes: 1 << 16) else { return 0 }
        let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first {
            $0.hasPrefix("VmRSS:")
        }
        return line.flatMap { $0.split(separator: " ").dropFirst().first.flatMap { Int($0) } } ?? 0
    }
}
