import JSON
import OrchCore

/// How far Discord has been heard, as it stands in a row.
struct DiscordPosition: Equatable {
    /// Where the gateway goes on; nil: with a new session.
    var session: GatewayPosition?
    /// What was written before it is not looked for; nil: there was no session yet.
    var since: DiscordSnowflake?
    /// The newest message that was heard in each channel, by its number; in any other there was none.
    private(set) var seen: [String: DiscordSnowflake] = [:]

    /// More channels do not speak within the time that is looked back.
    private static let seenLimit = 500

    init() {}

    mutating func note(_ message: DiscordSnowflake, in channel: String) {
        seen[channel] = max(message, seen[channel] ?? message)
        if seen.count > Self.seenLimit, let oldest = seen.min(by: { $0.value < $1.value }) {
            seen[oldest.key] = nil
        }
    }

    /// Forgets what says no more than that nothing is looked for before then.
    mutating func drop(before floor: DiscordSnowflake) { seen = seen.filter { $0.value > floor } }

    var text: String {
        var fields = JSONObject()
        if let session {
            fields["session"] = .string(session.session)
            fields["sequence"] = .int(Int64(session.sequence))
            fields["url"] = .string(session.url)
        }
        if let since { fields["since"] = .string(since.text) }
        var channels = JSONObject()
        // In one order always: the text tells whether anything has changed.
        for (channel, message) in seen.sorted(by: { $0.key < $1.key }) {
            channels[channel] = .string(message.text)
        }
        fields["seen"] = .object(channels)
        return JSONValue.object(fields).text()
    }

    /// - Returns: nil for what is no such text.
    init?(_ text: String) {
        guard let value = try? JSONValue(parsing: text), value.object != nil else { return nil }
        if let session = value["session"].string, let sequence = value["sequence"].int,
            let url = value["url"].string
        {
            self.session = GatewayPosition(session: session, sequence: sequence, url: url)
        }
        since = value["since"].string.flatMap { DiscordSnowflake($0) }
        for (channel, message) in value["seen"].object ?? JSONObject() {
            if let message = message.string.flatMap({ DiscordSnowflake($0) }) { seen[channel] = message }
        }
    }
}

/// A number of Discord's, which rises with the time: https://discord.com/developers/docs/reference#snowflakes
struct DiscordSnowflake: Hashable, Comparable {
    private let number: UInt64

    /// The first second of 2015, from which Discord counts milliseconds.
    private static let epochSeconds = 1_420_070_400

    /// - Returns: nil for what is no number.
    init?(_ text: String) {
        guard let number = UInt64(text) else { return nil }
        self.number = number
    }

    /// Below all that are given at that time or later.
    init(at moment: Timestamp) {
        number = UInt64(max(0, moment.seconds - Self.epochSeconds)) &* 1000 << 22
    }

    var text: String { String(number) }

    static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}
