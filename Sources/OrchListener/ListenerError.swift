import OrchCore
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

enum ListenerError: Explained, Equatable {
    case alreadyRunning(home: String)
    case noSecret(home: String)
    case secretUnreadable(key: String, SystemError)
    case secretEmpty(key: String, path: String)
    case tokenTooShort(key: String, bytes: Int)
    /// Of a chat; the token itself is not shown.
    case tokenMalformed(key: String)
    case addressUnreadable(String)
    case cannotListen(at: String, SystemError)
    case nothingToHear

    /// Whether it is the configuration that has to change.
    var isOfConfiguration: Bool {
        switch self {
        case .noSecret, .secretUnreadable, .secretEmpty, .tokenTooShort, .tokenMalformed, .addressUnreadable,
            .nothingToHear:
            true
        case .alreadyRunning, .cannotListen: false
        }
    }

    var problem: String {
        switch self {
        case .alreadyRunning(let home): "another listener runs for \(home)"
        case .noSecret: "webhooks are on, and there is no secret to know GitHub by"
        case .secretUnreadable(let key, let error): "`\(key)`: \(error.problem)"
        case .secretEmpty(let key, let path): "`\(key)`: “\(path)” is empty"
        case .tokenTooShort(let key, let bytes):
            "`\(key)` has \(bytes) bytes; who guesses it can start agents"
        case .tokenMalformed(let key): "`\(key)` is no token of a bot"
        case .addressUnreadable(let text): "`listen.address`: “\(text)” is no address"
        case .cannotListen(let address, let error): "cannot listen at \(address): \(error.problem)"
        case .nothingToHear: "there is no socket to listen at"
        }
    }

    var fix: String {
        switch self {
        case .alreadyRunning: "one is enough; end the other first, or see `orch service status`"
        case .noSecret(let home):
            "put `ORCH_WEBHOOK_SECRET=…` (`openssl rand -hex 32` makes a good one) into \(home)/service.env or the "
                + "environment, and the same into the webhook on GitHub; or set `listen.webhooks: false`"
        case .secretUnreadable(_, let error): error.fix
        case .secretEmpty: "write the secret into it, and nothing else"
        case .tokenTooShort:
            "take \(APIToken.shortestBytes) or more; `openssl rand -hex 16` makes a good one"
        case .tokenMalformed(let key):
            key.hasPrefix("telegram")
                ? "take it as @BotFather gives it: a number, a colon, and letters"
                : "take the bot’s token as discord.com/developers gives it: letters, with dots between"
        case .addressUnreadable:
            "write a numeric address and a port, such as `127.0.0.1:8787` or `[::1]:8787`; empty: none"
        case .cannotListen(_, let error):
            error.isAddressInUse
                ? "end the program that listens there, or set `listen.address` or `listen.socket`" : error.fix
        case .nothingToHear: "set `listen.address` or `listen.socket`"
        }
    }
}

extension SystemError {
    fileprivate var isAddressInUse: Bool { code == EADDRINUSE }
}
