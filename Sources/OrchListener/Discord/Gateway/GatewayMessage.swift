import JSON

/// A message of the gateway, version 10: https://discord.com/developers/docs/events/gateway
enum GatewayMessage: Equatable {
    case dispatch(GatewayDispatch)
    /// The gateway wants a heartbeat at once.
    case heartbeat
    case reconnect
    case invalidSession(isResumable: Bool)
    case hello(interval: Duration)
    case acknowledged
    /// An opcode of a later day.
    case other(Int)

    /// What an interval between two heartbeats may be; Discord's is 41 s.
    private static let intervalMilliseconds = 10...600_000

    /// - Returns: nil for what is no message of the gateway's.
    init?(_ text: String) {
        guard let value = try? JSONValue(parsing: text), let code = value["op"].int else { return nil }
        switch code {
        case 0:
            guard let name = value["t"].string, let sequence = value["s"].int else { return nil }
            self = .dispatch(GatewayDispatch(name: name, sequence: sequence, data: value["d"]))
        case 1: self = .heartbeat
        case 7: self = .reconnect
        case 9: self = .invalidSession(isResumable: value["d"].bool ?? false)
        case 10:
            guard let interval = value["d"]["heartbeat_interval"].double, interval.isFinite else {
                return nil
            }
            let range = Self.intervalMilliseconds
            let milliseconds = min(max(interval, Double(range.lowerBound)), Double(range.upperBound))
            self = .hello(interval: .milliseconds(Int(milliseconds)))
        case 11: self = .acknowledged
        default: self = .other(code)
        }
    }
}

/// Something that happened, by its number within the session.
struct GatewayDispatch: Equatable, Sendable {
    let name: String
    let sequence: Int
    let data: JSONValue
}

/// What is said to the gateway.
enum GatewayCommand {
    /// What is listened to: https://discord.com/developers/docs/events/gateway#gateway-intents
    ///
    /// Guilds (for threads), messages in them and in private, and what those hold, which has to be switched
    /// on for the bot (“Message Content Intent”).
    static let intents: Int64 = 1 << 0 | 1 << 9 | 1 << 12 | 1 << 15

    static func heartbeat(_ sequence: Int?) -> JSONValue {
        ["op": 1, "d": sequence.map { .int(Int64($0)) } ?? .null]
    }

    static func identify(token: String) -> JSONValue {
        [
            "op": 2,
            "d": [
                "token": .string(token), "intents": .int(intents),
                "properties": ["os": "linux", "browser": "orch", "device": "orch"],
            ],
        ]
    }

    static func resume(token: String, _ position: GatewayPosition) -> JSONValue {
        [
            "op": 6,
            "d": [
                "token": .string(token), "session_id": .string(position.session),
                "seq": .int(Int64(position.sequence)),
            ],
        ]
    }
}

/// Where a session stands: with it the gateway says again what came behind, also to another process.
struct GatewayPosition: Equatable, Sendable {
    let session: String
    var sequence: Int
    /// Where the session is resumed.
    let url: String

    init(session: String, sequence: Int, url: String) {
        (self.session, self.sequence, self.url) = (session, sequence, url)
    }
}
