package import Platform
import Subprocess
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What other threads say to a loop's: any thread may send, and the loop's own is handed each message, in the
/// order in which they were sent.
///
/// Only what is `Sendable` passes, so that the state which the loop's handlers share stays theirs.
package struct Mailbox<Message: Sendable>: Sendable {
    private let box: Box

    fileprivate init() throws(SystemError) { box = try Box() }

    /// - Returns: false where `limit` messages wait already; the message is lost.
    @discardableResult
    package func send(_ message: Message) -> Bool { box.put(message) }

    fileprivate var descriptor: Int32 { box.pipe.reader.raw }
    fileprivate func takeAll() -> [Message] { box.takeAll() }
    fileprivate func setLimit(_ limit: Int) { box.limit.store(limit, ordering: .relaxed) }

    private final class Box: Sendable {
        let pipe: Pipe
        let limit = Atomic<Int>(.max)
        private let waiting = Mutex<[Message]>([])

        init() throws(SystemError) {
            let pipe = try Pipe()
            try pipe.reader.setNonBlocking()
            // One byte stands for any number of messages: a full pipe is as good.
            try pipe.writer.setNonBlocking()
            self.pipe = pipe
        }

        func put(_ message: Message) -> Bool {
            let isFirst: Bool? = waiting.withLock { waiting in
                guard waiting.count < limit.load(ordering: .relaxed) else { return nil }
                waiting.append(message)
                return waiting.count == 1
            }
            guard let isFirst else { return false }
            if isFirst {
                var byte: UInt8 = 1
                // The reader lives as long as the writer, so nothing but a full pipe can go wrong.
                _ = write(pipe.writer.raw, &byte, 1)
            }
            return true
        }

        func takeAll() -> [Message] {
            var buffer = [UInt8](repeating: 0, count: 64)
            // The pipe first: a message in between then leaves a byte too many, never one too few.
            while read(pipe.reader.raw, &buffer, buffer.count) > 0 {}
            return waiting.withLock { waiting in
                defer { waiting = [] }
                return waiting
            }
        }
    }
}

extension EventLoop {
    /// A mailbox whose messages `handler` gets, for as long as the loop lives.
    ///
    /// - Parameter limit: how many messages may wait; senders learn when one is lost.
    package func mailbox<Message: Sendable>(
        limit: Int = .max, _ handler: @escaping (Message) -> Void
    ) throws(SystemError) -> Mailbox<Message> {
        let mailbox = try Mailbox<Message>()
        mailbox.setLimit(limit)
        try watch(mailbox.descriptor, for: .readable) { _ in
            for message in mailbox.takeAll() { handler(message) }
        }
        return mailbox
    }
}
