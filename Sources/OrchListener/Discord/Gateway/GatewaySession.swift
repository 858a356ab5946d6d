import JSON
import Platform

/// What is said on a gateway connection and when: without input and output, and with the time handed in.
///
/// One value goes through all connections, one after the other: `begin` starts each.
struct GatewaySession {
    /// What is to be done, in order.
    enum Step: Equatable {
        case send(JSONValue)
        case dispatch(GatewayDispatch)
        /// Close with this code and connect anew, not before `pause` is over. Another code than 1000 and 1001
        /// leaves the session to be resumed.
        case reconnect(code: UInt16, pause: Duration)
    }

    /// How long the gateway may take to greet, and then to take us in.
    static let greetingPatience: Duration = .seconds(30)
    /// An invalid session is begun anew after one to five seconds, as the documentation asks.
    static let pauseSeconds = 1.0...5.0
    /// Kept open for what other protocols use it for; Discord gives it no meaning.
    static let resumableCode: UInt16 = 4900

    private enum Phase: Equatable {
        case greeting
        /// Identify or resume was sent.
        case entering
        case ready
    }

    private let token: String
    private var phase = Phase.greeting
    /// Where to go on; nil: with a new session.
    private(set) var position: GatewayPosition?
    private var sequence: Int?
    private var interval: Duration?
    private var nextBeat: MonotonicTime?
    private var isBeatAnswered = true
    private var greetingDeadline: MonotonicTime?

    init(token: String, position: GatewayPosition? = nil) {
        self.token = token
        self.position = position
        sequence = position?.sequence
    }

    /// Whether this connection was taken in.
    var isReady: Bool { phase == .ready }

    /// When `due` has something to say.
    var deadline: MonotonicTime? {
        [nextBeat, greetingDeadline].compactMap { $0 }.min()
    }

    /// A connection has opened.
    mutating func begin(now: MonotonicTime) {
        phase = .greeting
        interval = nil
        nextBeat = nil
        isBeatAnswered = true
        greetingDeadline = now + Self.greetingPatience
    }

    /// The session is gone.
    mutating func forgetPosition() {
        position = nil
        sequence = nil
    }

    /// - Parameter random: for the jitter of the first heartbeat, and for the pause before a new session.
    mutating func take(
        _ message: GatewayMessage, now: MonotonicTime, using random: inout some RandomNumberGenerator
    ) -> [Step] {
        switch message {
        case .hello(let interval):
            guard phase == .greeting else { return [] }
            phase = .entering
            self.interval = interval
            nextBeat = now + interval * Double.random(in: 0..<1, using: &random)
            greetingDeadline = now + Self.greetingPatience
            return [.send(position.map { GatewayCommand.resume(token: token, $0) } ?? identification)]
        case .dispatch(let dispatch): return take(dispatch)
        case .heartbeat: return [beat(now)]
        case .acknowledged:
            isBeatAnswered = true
            return []
        case .reconnect: return [.reconnect(code: Self.resumableCode, pause: .zero)]
        case .invalidSession(let isResumable):
            if !isResumable { forgetPosition() }
            let pause = Duration.seconds(Double.random(in: Self.pauseSeconds, using: &random))
            return [.reconnect(code: Self.resumableCode, pause: pause)]
        case .other: return []
        }
    }

    private var identification: JSONValue { GatewayCommand.identify(token: token) }

    private mutating func take(_ dispatch: GatewayDispatch) -> [Step] {
        // What a resumed session says again does not lead back.
        sequence = max(sequence ?? 0, dispatch.sequence)
        switch dispatch.name {
        case "READY":
            guard let session = dispatch.data["session_id"].string,
                let url = dispatch.data["resume_gateway_url"].string
            else { return [.reconnect(code: Self.resumableCode, pause: .seconds(5))] }
            sequence = dispatch.sequence
            position = GatewayPosition(session: session, sequence: dispatch.sequence, url: url)
            enter()
        case "RESUMED": enter()
        default: break
        }
        position?.sequence = sequence ?? dispatch.sequence
        return [.dispatch(dispatch)]
    }

    private mutating func enter() {
        phase = .ready
        greetingDeadline = nil
    }

    /// What the time asks for: a heartbeat, or the end of a connection whose last one was not answered, or
    /// that was not greeted.
    mutating func due(now: MonotonicTime) -> [Step] {
        if let greetingDeadline, greetingDeadline <= now {
            return [.reconnect(code: Self.resumableCode, pause: .zero)]
        }
        guard let nextBeat, nextBeat <= now else { return [] }
        guard isBeatAnswered else { return [.reconnect(code: Self.resumableCode, pause: .zero)] }
        return [beat(now)]
    }

    private mutating func beat(_ now: MonotonicTime) -> Step {
        isBeatAnswered = false
        nextBeat = interval.map { now + $0 }
        return .send(GatewayCommand.heartbeat(sequence))
    }
}
