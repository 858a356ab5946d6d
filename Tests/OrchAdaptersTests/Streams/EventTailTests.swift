import Platform
import Testing

@testable import OrchAdapters

@Suite struct EventTailTests {
    @Test func `gives each line once, and half a line not before it is whole`() throws {
        let log = try GrowingLog()
        var tail = EventTail(path: log.path)
        #expect(try tail.next() == [])
        try log.append("one\ntwo\nthr")
        #expect(try tail.next() == [.init(text: "one", end: 4), .init(text: "two", end: 8)])
        #expect(try tail.next() == [])
        try log.append("ee\nfour\n")
        #expect(try tail.next() == [.init(text: "three", end: 14), .init(text: "four", end: 19)])
    }

    @Test func `goes on from the end of any line`() throws {
        let log = try GrowingLog()
        try log.append("one\ntwo\n\ngrün\n")
        var whole = EventTail(path: log.path)
        let lines = try whole.next()
        for (place, line) in lines.enumerated() {
            var tail = EventTail(path: log.path, from: line.end)
            #expect(try tail.next() == Array(lines[(place + 1)...]))
        }
        var beyond = EventTail(path: log.path, from: 1000)
        #expect(try beyond.next() == [])
    }

    @Test func `reads as much at a time as it is told`() throws {
        let log = try GrowingLog()
        let count = 40_000
        try log.append((1...count).map { "\($0)\n" }.joined())
        var tail = EventTail(path: log.path)
        var lines: [String] = []
        var rounds = 0
        while case let more = try tail.next(limitBytes: 1), !more.isEmpty {
            lines += more.map(\.text)
            rounds += 1
        }
        #expect(lines == (1...count).map { "\($0)" })
        #expect(rounds > 2)
    }

    @Test func `keeps a character whole that comes in two pieces`() throws {
        let log = try GrowingLog()
        var tail = EventTail(path: log.path)
        let bytes = Array("grün\n".utf8)
        try log.append(bytes[..<3])
        #expect(try tail.next() == [])
        try log.append(bytes[3...])
        #expect(try tail.next().map(\.text) == ["grün"])
    }

    @Test func `leaves out a line that is too long, and no other`() throws {
        let log = try GrowingLog()
        try log.append("before\n" + String(repeating: "x", count: (1 << 20) + 1) + "\nbehind\n")
        var tail = EventTail(path: log.path)
        #expect(try tail.next().map(\.text) == ["before", "behind"])
    }

    @Test(arguments: [0, 1, 3, 20_000, 100_000]) func `finds where the last lines begin`(_ wanted: Int) throws
    {
        let log = try GrowingLog()
        let count = 30_000
        try log.append((1...count).map { "line \($0)\n" }.joined() + "half")
        let start = try EventTail.start(ofLast: wanted, in: log.path)
        var tail = EventTail(path: log.path, from: start)
        let first = max(1, count - wanted + 1)
        #expect(try tail.next().map(\.text) == (first..<(count + 1)).map { "line \($0)" })
    }

    @Test func `of no log the last lines begin at its start`() throws {
        #expect(try EventTail.start(ofLast: 5, in: "/nowhere/events.ndjson") == 0)
    }
}
