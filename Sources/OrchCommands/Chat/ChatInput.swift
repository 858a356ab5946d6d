import JSON
import OrchCore
import Platform
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a person types, line by line.
struct ChatInput {
    enum Turn: Equatable {
        case said(String)
        /// Ctrl-C at an empty prompt.
        case interrupted
        case ended
    }

    /// As much as a task's text may have.
    private static let lineLimitBytes = 1 << 20

    private var buffer = LineBuffer(limitBytes: lineLimitBytes)
    private var pending: [LineBuffer.Line] = []
    private var isOver = false
    private let isTerminal = Terminal.isTerminal(STDIN_FILENO)

    /// Waits for the next line; blanks around it do not count.
    mutating func next() throws -> Turn {
        if isTerminal { Console.raw("> ") }
        // Only while it waits: what runs between two lines has signals of its own to watch.
        let signals = try SignalPipe([SIGINT])
        while true {
            if !pending.isEmpty { return .said(text(of: pending.removeFirst())) }
            if isOver { return .ended }
            var poll = EventPoll<Bool>()
            poll.watch(signals.descriptor, for: .readable, as: false)
            poll.watch(STDIN_FILENO, for: .readable, as: true)
            let events = try poll.wait(timeout: nil)
            if events.contains(where: { !$0.source }) { return .interrupted }
            read()
        }
    }

    private mutating func read() {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        #if canImport(Glibc)
            let count = Glibc.read(STDIN_FILENO, &bytes, bytes.count)
        #else
            let count = Darwin.read(STDIN_FILENO, &bytes, bytes.count)
        #endif
        if count > 0 {
            pending += buffer.feed(bytes[..<count])
        } else if count == 0 || errno != EINTR && errno != EAGAIN {
            isOver = true
            pending += [buffer.finish()].compactMap { $0 }
        }
    }

    private func text(of line: LineBuffer.Line) -> String {
        guard case .complete(let bytes) = line else {
            Console.err("A line of more than a megabyte is not taken.")
            return ""
        }
        return String(Printable.text(String(decoding: bytes, as: UTF8.self))[...].trimmingWhitespace())
    }
}
