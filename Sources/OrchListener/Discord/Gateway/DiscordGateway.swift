import Curl
import JSON
import Platform
import WebSocket

/// The gateway, through all the connections that it takes, one after the other. For one thread.
final class DiscordGateway {
    /// Something that happened, and where the session stood then.
    struct Heard: Equatable {
        let dispatch: GatewayDispatch
        let position: GatewayPosition?
    }

    /// How long it is waited after failures in a row: doubled each time, up to this.
    private static let longestPause: Duration = .seconds(60)
    /// So often the session's own address may fail before the general one is asked.
    private static let resumeFailureLimit = 2

    private let library: CurlLibrary
    private let settings: DiscordSettings
    private let cancellation: CurlCancellation
    private let api: DiscordAPI
    private let alarm: WakePipe
    private var session: GatewaySession
    private var connection: GatewayConnection?
    private var random = SystemRandomNumberGenerator()
    /// Before this no connection is begun.
    private var notBefore: MonotonicTime
    private var nextSession: MonotonicTime
    /// Connections in a row that were not taken in.
    private var failureCount = 0
    /// Why there will be no connection any more.
    private var end: ChannelError?

    init(
        _ library: CurlLibrary, _ settings: DiscordSettings, _ api: DiscordAPI, position: GatewayPosition?,
        cancellation: CurlCancellation
    ) throws(SystemError) {
        self.library = library
        self.settings = settings
        self.cancellation = cancellation
        self.api = api
        alarm = try WakePipe()
        session = GatewaySession(token: settings.token, position: position)
        notBefore = .now()
        nextSession = .now()
    }

    /// Waits until something happens, `deadline` has come, or it is called off.
    ///
    /// A connection that ends is followed by the next within; an error is one that somebody should know of.
    func heard(until deadline: MonotonicTime) throws(ChannelError) -> [Heard] {
        if let end { throw end }
        return try cancellation.during(alarm: alarm.ring) { () throws(ChannelError) in
            var heard: [Heard] = []
            while heard.isEmpty, MonotonicTime.now() < deadline, !cancellation.isCancelled {
                if notBefore > .now() {
                    alarm.wait(for: nil, until: min(notBefore, deadline))
                } else {
                    if connection == nil { try connect() }
                    try turn(until: deadline, &heard)
                }
            }
            return heard
        }
    }

    // MARK: - Connecting

    private func connect() throws(ChannelError) {
        if cancellation.isCancelled { return }
        do throws(ChannelError) {
            if session.position == nil, nextSession > .now() {
                notBefore = nextSession
                return
            }
            let address = try address()
            if session.position == nil { nextSession = .now() + settings.sessionPause }
            notBefore = .now() + settings.connectionPause
            do throws(CurlError) {
                connection = try GatewayConnection(
                    library, to: address, settings.curl, cancellation: cancellation)
            } catch .cancelled {
                return
            } catch {
                throw ChannelError(error)
            }
            session.begin(now: .now())
        } catch {
            pauseAfterFailure()
            if case .limited(let wait, _) = error { notBefore = .now() + wait }
            if case .unauthorized = error { end = error }
            throw error
        }
    }

    private func address() throws(ChannelError) -> GatewayAddress {
        let allowsPlain = settings.curl.allowsPlainHTTP
        if let position = session.position, failureCount < Self.resumeFailureLimit,
            let address = GatewayAddress(position.url, allowsPlain: allowsPlain)
        {
            return address
        }
        guard case .success(let answer) = try api.call(.get, "/gateway/bot"),
            let address = answer["url"].string.flatMap({ GatewayAddress($0, allowsPlain: allowsPlain) })
        else { throw .broken(detail: "Discord names no gateway") }
        let limit = answer["session_start_limit"]
        if session.position == nil, limit["remaining"].int == 0 {
            throw .limited(retryAfter: .milliseconds(max(1000, limit["reset_after"].int ?? 60_000)))
        }
        return address
    }

    private func pauseAfterFailure() {
        failureCount += 1
        let doubled =
            Duration.seconds(1 << min(failureCount - 1, 6)) * Double.random(in: 0.5...1, using: &random)
        notBefore = max(notBefore, .now() + min(doubled, Self.longestPause))
    }

    /// Gives the connection up. Where it was not taken in, the next waits longer.
    private func disconnect() {
        connection = nil
        if !session.isReady { pauseAfterFailure() }
    }

    // MARK: - Listening

    private func turn(until deadline: MonotonicTime, _ heard: inout [Heard]) throws(ChannelError) {
        let deadline = session.deadline.map { min($0, deadline) } ?? deadline
        guard let events = connection?.events(until: deadline, alarm) else { return }
        for event in events {
            switch event {
            case .text(let text):
                guard let message = GatewayMessage(text) else { return disconnect() }
                perform(session.take(message, now: .now(), using: &random), &heard)
            case .binary: return disconnect()
            case .opened, .pong: break
            case .closed(let code, _): try take(close: code)
            case .failed(let error): try take(failure: error)
            }
            if connection == nil { return }
        }
        perform(session.due(now: .now()), &heard)
    }

    private func perform(_ steps: [GatewaySession.Step], _ heard: inout [Heard]) {
        for step in steps {
            switch step {
            case .send(let value):
                // What cannot be sent is on a connection that will end; its end is the next event.
                try? connection?.send(value.text())
            case .dispatch(let dispatch):
                if session.isReady { failureCount = 0 }
                heard.append(Heard(dispatch: dispatch, position: session.position))
            case .reconnect(let code, let pause):
                connection.take()?.close(code: code, alarm)
                if !session.isReady { pauseAfterFailure() }
                notBefore = max(notBefore, .now() + pause)
            }
        }
    }

    private func take(close code: UInt16?) throws(ChannelError) {
        let meaning = GatewayClose(code: code)
        disconnect()
        switch meaning {
        case .resume: break
        case .identify: session.forgetPosition()
        case .givenUp(let error):
            end = error
            throw error
        }
        try complain("it closes with \(code.map(String.init) ?? "no code")")
    }

    private func take(failure: WebSocketError) throws(ChannelError) {
        disconnect()
        try complain(failure.problem)
    }

    /// One connection that ends says nothing; several in a row, none of which was taken in, do.
    private func complain(_ what: String) throws(ChannelError) {
        if failureCount > Self.resumeFailureLimit {
            throw .offline(detail: "the gateway of Discord: \(what)")
        }
    }
}
