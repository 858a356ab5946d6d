import OrchAdapters
import OrchCore
import OrchListener
import Testing

@Suite struct StreamHubTests {
    private let stage: StreamStage

    init() throws { stage = try StreamStage() }

    private func numbered(_ numbers: ClosedRange<Int>) -> [String] { numbers.map { "line \($0)" } }

    @Test func `who comes early and who comes late see the same`() throws {
        let run = try stage.begin()
        let early = try stage.watch(run)
        stage.hub.pulse()
        #expect(early.entries.isEmpty)
        try stage.say(numbered(1...3), in: run)
        stage.hub.pulse()
        #expect(early.lines == numbered(1...3))
        let late = try stage.watch(run)
        try stage.say(numbered(4...5), in: run)
        stage.hub.pulse()
        #expect(early.lines == numbered(1...5))
        #expect(late.lines == numbered(1...5))
        #expect(early.entries.map(\.end) == late.entries.map(\.end))
    }

    @Test func `the end is said to everybody, behind the last line`() throws {
        let run = try stage.begin()
        let viewers = try (1...3).map { _ in try stage.watch(run) }
        try stage.say(["bye"], in: run)
        try stage.end(run)
        stage.hub.pulse()
        for viewer in viewers {
            #expect(viewer.lines == ["bye"])
            #expect(viewer.isOver)
        }
        #expect(stage.hub.isIdle)
        let late = try stage.watch(run)
        stage.hub.pulse()
        #expect(late.lines == ["bye"])
        #expect(late.isOver)
    }

    @Test func `the end of a run that said nothing is said too`() throws {
        let run = try stage.begin()
        let viewer = try stage.watch(run)
        stage.hub.pulse()
        #expect(viewer.ending == nil)
        try stage.end(run)
        stage.hub.pulse()
        #expect(viewer.isOver)
    }

    @Test func `a run that vanishes ends its streams`() throws {
        let run = try stage.begin()
        try stage.say(["x"], in: run)
        let viewer = try stage.watch(run)
        stage.hub.pulse()
        try stage.forget(run)
        try stage.end(run)
        stage.hub.pulse()
        #expect(viewer.isOver)
    }

    @Test(arguments: [0, 1, 7, 500]) func `one comes back to any place and misses nothing`(seen: Int) throws {
        let run = try stage.begin()
        try stage.say(numbered(1...500), in: run)
        let first = try stage.watch(run)
        stage.hub.pulse()
        let place = seen == 0 ? 0 : first.entries[seen - 1].end
        stage.hub.leave(try #require(first.ticket))
        try stage.say(numbered(501...510), in: run)
        let again = try stage.watch(run, from: .place(place))
        stage.hub.pulse()
        #expect(again.lines == numbered((seen + 1)...510))
    }

    @Test func `a place that is none shows what comes`() throws {
        let run = try stage.begin()
        try stage.say(numbered(1...5), in: run)
        let lost = try stage.watch(run, from: .place(1 << 40))
        let odd = try stage.watch(run, from: .place(-5))
        stage.hub.pulse()
        try stage.say(["new"], in: run)
        stage.hub.pulse()
        #expect(lost.lines == ["new"])
        #expect(odd.lines == numbered(1...5) + ["new"])
    }

    @Test func `the last lines are enough for most`() throws {
        let run = try stage.begin()
        try stage.say(numbered(1...1000), in: run)
        let viewer = try stage.watch(run, from: .last(3))
        stage.hub.pulse()
        #expect(viewer.lines == numbered(998...1000))
    }

    @Test func `a slow viewer delays nobody, and misses nothing`() throws {
        let run = try stage.begin()
        let slow = try stage.watch(run)
        let quick = try stage.watch(run)
        slow.hasRoom = false
        // Far more than is kept for those who are behind.
        let count = 4000
        for start in stride(from: 1, to: count, by: 500) {
            try stage.say(numbered(start...(start + 499)), in: run)
            stage.hub.pulse()
            #expect(quick.entries.count == start + 499)
        }
        #expect(slow.entries.isEmpty)
        slow.hasRoom = true
        slow.appetite = 1
        stage.hub.resume(try #require(slow.ticket))
        let portion = slow.entries.count
        #expect(portion > 0 && portion < count / 2)
        try stage.end(run)
        stage.hub.pulse()
        #expect(quick.isOver)
        #expect(slow.ending == nil)
        slow.appetite = nil
        slow.hasRoom = true
        var pulses = 0
        while slow.ending == nil, pulses < 100 {
            stage.hub.pulse()
            pulses += 1
        }
        #expect(slow.isOver)
        #expect(slow.lines == numbered(1...count))
    }

    @Test func `many who are far behind share what is read in a pulse`() throws {
        let run = try stage.begin()
        let long = String(repeating: "word ", count: 10_000)
        try stage.say((1...10).map { "\($0) \(long)" }, in: run)
        let viewers = try (1...10).map { _ in try stage.watch(run) }
        stage.hub.pulse()
        #expect(viewers.contains { $0.entries.isEmpty })
        for _ in 1...10 { stage.hub.pulse() }
        for viewer in viewers { #expect(viewer.entries.count == 10) }
    }

    @Test func `who leaves while it is shown something is gone`() throws {
        let run = try stage.begin()
        let viewer = Leaver(stage.hub)
        viewer.ticket = try stage.hub.watch(run.id, from: .beginning, by: viewer)
        try stage.say(numbered(1...3), in: run)
        stage.hub.pulse()
        try stage.say(numbered(4...6), in: run)
        stage.hub.pulse()
        #expect(viewer.count == 1)
        #expect(stage.hub.isIdle)
    }

    @Test func `a secret that is torn between two events is seen by nobody`() throws {
        let run = try stage.begin()
        let early = try stage.watch(run)
        try stage.say(["it is correct-horse-"], in: run)
        stage.hub.pulse()
        let between = try stage.watch(run, from: .place(try #require(early.entries.last).end))
        try stage.say([#"bat\u001b[0mtery!"#], in: run)
        stage.hub.pulse()
        #expect(early.lines == ["it is [REDACTED]", "[REDACTED]!"])
        #expect(between.lines == ["[REDACTED]!"])
    }

    @Test func `there is no run without its row, and no end to viewers`() throws {
        #expect(throws: StreamError.noSuchRun(.init(rawValue: 7))) {
            try stage.hub.watch(.init(rawValue: 7), from: .beginning, by: Spectator())
        }
        let run = try stage.begin()
        for _ in 1...StreamHub.viewerLimit { _ = try stage.watch(run) }
        #expect(throws: StreamError.tooManyViewers) { try stage.watch(run) }
    }

    @Test func `the first viewer wakes the hub`() throws {
        let run = try stage.begin()
        var count = 0
        stage.hub.onWake = { count += 1 }
        let first = try stage.watch(run)
        _ = try stage.watch(run)
        #expect(count == 1)
        stage.hub.leave(try #require(first.ticket))
        #expect(!stage.hub.isIdle)
    }
}

private final class Leaver: StreamViewer {
    let hub: StreamHub
    var ticket: StreamTicket?
    var count = 0
    let hasRoom = true

    init(_ hub: StreamHub) { self.hub = hub }

    func show(_ entries: [RunLogReader.Entry]) {
        count += 1
        if let ticket { hub.leave(ticket) }
    }

    func end(_ ending: StreamEnding) { Issue.record("it has left") }
}
