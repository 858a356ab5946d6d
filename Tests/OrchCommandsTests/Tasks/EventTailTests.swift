import Platform
import Testing

@testable import OrchCommands

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct EventTailTests {
    /// A log of a test's own, removed with its folder.
    final class Log {
        let path: String
        private let folder: String

        init() throws {
            var template = Array("/tmp/orch-tail.XXXXXX".utf8CString)
            guard let made = mkdtemp(&template) else { throw SystemError("mkdtemp") }
            folder = String(cString: made)
            path = "\(folder)/events.ndjson"
        }

        deinit {
            // A test that leaves something behind has failed for another reason already.
            try? Directory.remove(folder)
        }

        func append(_ text: String) throws {
            let file = try FileDescriptor(opening: path, O_WRONLY | O_CREAT | O_APPEND, mode: 0o600)
            try file.writeAll(Array(text.utf8), subject: path)
        }
    }

    @Test func `gives each line once, and half a line not before it is whole`() throws {
        let log = try Log()
        var tail = EventTail(path: log.path)
        #expect(try tail.next() == [])
        try log.append("one\ntwo\nthr")
        #expect(try tail.next() == ["one", "two"])
        #expect(try tail.next() == [])
        try log.append("ee\nfour\n")
        #expect(try tail.next() == ["three", "four"])
    }

    @Test func `cuts off only what was there at the first look`() throws {
        let log = try Log()
        let count = EventTail.lines * 5
        try log.append((1...count).map { "\($0)\n" }.joined())
        var tail = EventTail(path: log.path)
        tail.keepsOnlyLast = true
        let first = try tail.next()
        #expect(first.count == EventTail.lines)
        #expect(first.last == "\(count)")
        try log.append((1...count).map { "\($0)\n" }.joined())
        #expect(try tail.next().count == count)
    }

    @Test func `keeps a character whole that comes in two pieces`() throws {
        let log = try Log()
        var tail = EventTail(path: log.path)
        let bytes = Array("grün\n".utf8)
        let file = try FileDescriptor(opening: log.path, O_WRONLY | O_CREAT | O_APPEND, mode: 0o600)
        try file.writeAll(Array(bytes[..<3]), subject: log.path)
        #expect(try tail.next() == [])
        try file.writeAll(Array(bytes[3...]), subject: log.path)
        #expect(try tail.next() == ["grün"])
    }
}
