import JSON
import OrchCore
package import Platform
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What reaches a run host from outside, signals and lines that a person types, and what it shows.
///
/// There is one a process, because signals are the process's.
package final class HostConsole {
    private enum Source { case signals, terminal }

    /// Whose terminal is on standard input.
    package enum Seat {
        case nobody
        /// A person's own: its keys mean what they always do.
        case foreground
        /// A pane that was made for this host: a key that is hit in passing must not stop it.
        case pane
    }

    private let signals: SignalPipe?
    private let keys: PlainKeys?
    private var screen = Screen(STDOUT_FILENO)
    private var poll = EventPoll<Source>()
    private var typed = LineBuffer(limitBytes: typedLimitBytes)

    /// Longer lines are no words for an agent.
    private static let typedLimitBytes = 1 << 16

    package init(_ seat: Seat) throws {
        let signals = try SignalPipe([SIGUSR1, SIGTERM, SIGINT, SIGHUP])
        poll.watch(signals.descriptor, for: .readable, as: .signals)
        self.signals = consume signals
        keys = seat == .pane ? PlainKeys.set(on: STDIN_FILENO) : nil
        if seat != .nobody { poll.watch(STDIN_FILENO, for: .readable, as: .terminal) }
    }

    /// One that hears nothing.
    init() {
        signals = nil
        keys = nil
    }

    /// Shows text to whoever looks on, if anybody does; never waits for them.
    package func show(_ text: String) { screen.show(text) }

    /// What has come, after at most `timeout`.
    func wait(_ timeout: Duration) throws(SystemError) -> [AgentSignal] {
        var result: [AgentSignal] = []
        for event in try poll.wait(timeout: timeout) {
            switch event.source {
            case .signals: result += takeSignals()
            case .terminal: result += readTerminal()
            }
        }
        return result
    }

    /// Waits for `length`, or until the host is woken; false where it is asked to go.
    package func pause(_ length: Duration) throws(SystemError) -> Bool {
        let deadline = MonotonicTime.now() + length
        while MonotonicTime.now() < deadline {
            let signals = try wait(deadline - .now())
            if signals.contains(.dismissed) { return false }
            if signals.contains(.poked) { return true }
        }
        return true
    }

    private func takeSignals() -> [AgentSignal] {
        switch signals {
        case .some(let pipe): pipe.take().map { $0 == SIGUSR1 ? .poked : .dismissed }
        case .none: []
        }
    }

    private func readTerminal() -> [AgentSignal] {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(STDIN_FILENO, &buffer, buffer.count)
        guard count > 0 else {
            // The terminal is gone; its end must not be reported for ever.
            poll.forget(STDIN_FILENO)
            return []
        }
        return typed.feed(buffer[..<count]).compactMap { line in
            guard case .complete(let bytes) = line else { return nil }
            let words = Printable.text(String(decoding: bytes, as: UTF8.self))
            return words.allSatisfy(\.isWhitespace) ? nil : .typed(words)
        }
    }
}
