import OrchAdapters
import OrchCore
import OrchListener
import Testing

@Suite struct NoticePumpTests {
    private final class Chat {
        var now = Timestamp(seconds: 1_800_000_000)
        var said: [(text: String, place: Place, done: (Said) -> Void)] = []
        var bound: [String] = []
    }

    private let store: SQLiteStore
    private let chat = Chat()

    init() throws { store = try SQLiteStore(path: SQLiteStore.inMemory) }

    private var ports: NoticePump.Ports {
        let chat = chat
        return NoticePump.Ports(
            now: { chat.now }, minuteOfDay: { 12 * 60 },
            redaction: { Redaction(secrets: ["hunter2hunter2"]) },
            bind: {
                chat.bound.append("\($0.map(\.rawValue).joined(separator: ",")) in \($1.name): \($2.id)")
            })
    }

    private func pump(_ configure: (inout NoticeSink) -> Void = { _ in }) -> NoticePump {
        var sink = NoticeSink()
        sink.place = "4711/9"
        configure(&sink)
        var other = sink
        other.command = ["tell"]
        let chat = chat
        return NoticePump(
            store: store, sinks: ["telegram": sink, "phone": other],
            voices: [.telegram: { chat.said.append(($0.text.plain, $0.place, $1)) }], ports: ports)
    }

    private func add(_ keys: String...) throws {
        for key in keys {
            try store.add(Notice(.needsReview, key: key, text: "text \(key)", at: chat.now), to: ["telegram"])
        }
    }

    private var waiting: Int { get throws { try store.waitingNotices(for: "telegram", limit: 9).count } }

    @Test func `what waits is said in its place, one after the other, once`() throws {
        let pump = pump()
        try add("a", "b")
        try pump.pulse()
        try pump.pulse()
        #expect(chat.said.map(\.text) == ["text a"])
        #expect(chat.said.first?.place == Place(service: .telegram, chat: "4711", thread: "9"))
        chat.said[0].done(Said([MessageID("1")]))
        #expect(try waiting == 1)
        try pump.pulse()
        chat.said[1].done(Said([MessageID("2")]))
        try pump.pulse()
        #expect(chat.said.map(\.text) == ["text a", "text b"])
        #expect(try waiting == 0)
    }

    @Test(arguments: [
        (["i1"], ["5,6 in 4711/9: i1"]), (["i1", "i1"], ["5,6 in 4711/9: i1"]), (["i1", "i2"], []),
        (["i1", nil], []), ([nil], []),
    ])
    func `replies to what is about one task are about it`(_ ids: [String?], _ bound: [String]) throws {
        let pump = pump { $0.digest = .seconds(1) }
        for (number, id) in ids.enumerated() {
            var notice = Notice(.needsReview, key: "\(number)", text: "text", at: chat.now)
            if let id {
                let project = Project.ID(rawValue: "/srv/app")
                notice.project = project
                notice.task = TaskKey(project: project, backend: .internal, id: id)
            }
            try store.add(notice, to: ["telegram"])
        }
        chat.now = chat.now + .seconds(2)
        try pump.pulse()
        chat.said.first?.done(Said([MessageID("5"), MessageID("6")]))
        #expect(chat.said.count == 1)
        #expect(chat.bound == bound)
    }

    @Test func `what did not get through is said again later, and not for ever`() throws {
        let pump = pump()
        try add("a")
        for _ in 1...20 {
            try pump.pulse()
            if let last = chat.said.last { last.done(Said([MessageID("1")], failure: .offline(detail: ""))) }
            chat.now = chat.now + .seconds(4000)
        }
        #expect(chat.said.count == Telling.tryLimit)
        #expect(try waiting == 0)
    }

    @Test func `what is said calls nobody and shows no secret`() throws {
        let pump = pump()
        let text = "@everyone hunter2hunter2"
        try store.add(Notice(.needsReview, key: "a", text: text, at: chat.now), to: ["telegram"])
        try pump.pulse()
        let said = try #require(chat.said.first?.text)
        #expect(!said.contains("hunter2") && !said.contains("@everyone"))
    }

    @Test func `a listener that is killed while it says something says it again`() throws {
        try add("a")
        try pump().pulse()
        chat.now = chat.now + .seconds(59)
        try pump().pulse()
        #expect(chat.said.count == 1)
        chat.now = chat.now + .seconds(1)
        try pump().pulse()
        #expect(chat.said.count == 2)
    }

    @Test func `without a chat there is nothing to do`() {
        let pump = NoticePump(
            store: store, sinks: ["desktop": NoticeSink()], voices: [:], ports: ports)
        #expect(!pump.isNeeded)
        #expect(self.pump().isNeeded)
    }
}
