/// What the end of a connection means for the next one:
/// https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
enum GatewayClose: Equatable {
    case resume
    /// The session is gone; what was said in between is not said again.
    case identify
    /// Only a person mends that.
    case givenUp(ChannelError)

    init(code: UInt16?) {
        switch code {
        case 4003, 4007, 4009: self = .identify
        case 4004: self = .givenUp(.unauthorized(detail: "Discord closes with 4004, authentication failed"))
        case 4014:
            self = .givenUp(
                .unauthorized(
                    detail:
                        "Discord closes with 4014: switch on “Message Content Intent” for the bot at discord.com/developers"
                ))
        case 4010, 4011, 4012, 4013:
            self = .givenUp(
                .refused(detail: "Discord closes with \(code ?? 0); `orch` may be too old for it"))
        default: self = .resume
        }
    }
}
