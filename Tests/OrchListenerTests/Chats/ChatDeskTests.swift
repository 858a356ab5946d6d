import JSON
import OrchAdapters
import OrchCore
import OrchTesting
import Testing

@testable import OrchListener

@Suite struct ChatDeskTests {
    private let stage: DeskStage

    init() throws { stage = try DeskStage() }

    private func i1(_ project: String? = nil) throws -> TaskReference {
        try #require(TaskReference(project: project.flatMap { ProjectTag($0) }, id: "i1"))
    }

    // MARK: - Who is heard

    @Test func `a stranger is neither answered nor written down`() throws {
        try stage.write("/list", by: "666")
        #expect(stage.verbs.isEmpty && stage.shown.isEmpty)
        #expect(try stage.store.countWaitingDeliveries(from: .telegram) == 0)
        #expect(try stage.store.received(["d1"], from: .telegram).isEmpty)
    }

    @Test func `a program is not answered, whatever its number`() throws {
        stage.channel.write("/list", isByBot: true)
        try stage.hear()
        #expect(stage.verbs.isEmpty && stage.shown.isEmpty)
    }

    @Test func `what is not meant for orch is nothing, but in a task's conversation`() throws {
        let person = stage.channel.person
        stage.channel.write("good morning", by: person, in: stage.channel.place) { $0.isAddressed = false }
        try stage.hear()
        #expect(stage.verbs.isEmpty && stage.shown.isEmpty)
        let topic = Place(service: .telegram, chat: "-1001", thread: "5")
        stage.desk.threads.bind(topic, to: try i1(), now: stage.now)
        stage.channel.write("use postgres", by: person, in: topic) { $0.isAddressed = false }
        try stage.hear()
        #expect(stage.verbs == [.say(try i1("app"), words: "use postgres")])
    }

    @Test func `who may look may not steer, and is told which role it takes`() throws {
        let stage = try DeskStage([Person(service: .telegram, id: "1"): .viewer])
        try stage.write("/list", by: "1")
        try stage.write("/kill i1", by: "1")
        try stage.write("a new task", by: "1")
        #expect(stage.verbs == [.list(project: nil)])
        #expect(stage.shown.dropFirst().allSatisfy { $0.contains("role operator") })
    }

    @Test func `what comes faster than a person writes is dropped`() throws {
        for _ in 1...40 { stage.channel.write("/status") }
        try stage.hear()
        #expect(stage.verbs.count == 30)
        stage.now = stage.now + .seconds(61)
        try stage.write("/status")
        #expect(stage.verbs.count == 31)
    }

    @Test func `what could not be written down is not counted, and is heard when it comes again`() throws {
        for _ in 1...30 { stage.channel.write("/status") }
        for _ in 1...3 {
            stage.fuse.set(0)
            #expect(throws: StoreError.self) { try stage.hear() }
        }
        stage.fuse.set(nil)
        try stage.hear()
        #expect(stage.verbs.count == 30)
    }

    // MARK: - What is done

    @Test func `plain words become a task, and a reply to what was said of it is for its agent`() throws {
        stage.outcome = { _ in .done(["id": "i1", "project": "app"]) }
        try stage.write("Fix the login\nSafari loops")
        var new = Verb.NewTask(title: "Fix the login")
        new.body = "Safari loops"
        #expect(stage.verbs == [.new(new)])
        #expect(stage.performed.first?.origin == .init(actor: "telegram:4711", request: "telegram-d1"))
        #expect(stage.shown.first?.hasPrefix("Task i1: Fix the login") == true)
        try stage.write("use postgres, not mysql", repliesTo: MessageID("s1"))
        #expect(stage.verbs.last == .say(try i1("app"), words: "use postgres, not mysql"))
        try stage.write("/retry", repliesTo: MessageID("s2"))
        #expect(stage.verbs.last == .retry(try i1("app")))
    }

    @Test func `a reply to any part of a long answer is about its task`() throws {
        let title = String(repeating: "long ", count: 500)
        try stage.write(title)
        #expect(stage.shown.count == 3)
        for part in 1...3 {
            try stage.write("words \(part)", repliesTo: MessageID("s\(part)"))
            #expect(stage.verbs.last == .say(try i1("app"), words: "words \(part)"))
        }
    }

    @Test func `where the service has threads, a task gets one, and all that is said there is for its agent`()
        throws
    {
        let thread = Place(service: .telegram, chat: "-1001", thread: "8")
        stage.thread = thread
        try stage.write("Fix the login")
        #expect(stage.titles == ["i1: Fix the login"])
        stage.channel.write("use postgres", by: stage.channel.person, in: thread) { $0.isAddressed = false }
        try stage.hear()
        #expect(stage.verbs.last == .say(try i1("app"), words: "use postgres"))
    }

    @Test func `a thread that was opened before a crash is not opened again`() throws {
        let thread = Place(service: .telegram, chat: stage.channel.place.chat, thread: "8")
        stage.thread = thread
        stage.desk.threads.bind(thread, to: try i1(), now: stage.now)
        try stage.write("Fix the login")
        #expect(stage.shown.count == 1 && stage.titles.isEmpty)
    }

    @Test func `what was written slowly and comes at once is dealt with`() throws {
        let start = stage.now
        for number in 1...40 {
            stage.channel.write("/status", by: stage.channel.person, in: stage.channel.place) {
                $0.sentAt = start - .seconds(60 * number)
            }
        }
        try stage.hear()
        #expect(stage.verbs.count == 40)
    }

    @Test func `what orch refuses is said in its words`() throws {
        stage.outcome = { _ in
            .failed(problem: "nothing runs for task i1", fix: "`orch task why i1` says why", status: 1)
        }
        try stage.write("/say i1 hello")
        #expect(stage.shown == ["❌ nothing runs for task i1\n→ orch task why i1 says why"])
    }

    @Test func `what is said holds no secret and calls nobody`() throws {
        stage.outcome = { _ in .failed(problem: "hunter2hunter2 @everyone", fix: "", status: 1) }
        try stage.write("/status")
        #expect(stage.shown == ["❌ [REDACTED] @\u{200B}everyone"])
    }

    // MARK: - What is asked twice

    @Test func `what is dangerous is asked once, and done at a yes`() throws {
        for verb in ["kill", "merge", "approve"] {
            let count = stage.verbs.count
            try stage.write("/\(verb) i1")
            #expect(stage.verbs.count == count)
            #expect(stage.shown.last?.contains("yes") == true)
            try stage.write("yes")
            #expect(stage.verbs.last == (try Verb(named: verb, fields: ["id": "i1"])))
            try stage.write("yes")
            #expect(stage.verbs.count == count + 1)
        }
    }

    @Test func `a no, another wish, and time make a later yes mean nothing`() throws {
        for between in ["no", "/status", ""] {
            try stage.write("/kill i1")
            if between.isEmpty { stage.now = stage.now + .seconds(121) } else { try stage.write(between) }
            try stage.write("yes")
            #expect(!stage.verbs.contains { $0.name == "kill" })
        }
    }

    @Test func `in a task's conversation a plain yes or no is for the agent, unless orch has asked`() throws {
        try stage.write("Fix the login")
        for word in ["yes", "No", "y"] {
            try stage.write(word, repliesTo: MessageID("s1"))
            #expect(stage.verbs.last == .say(try i1("app"), words: word))
        }
        let count = stage.verbs.count
        try stage.write("/yes", repliesTo: MessageID("s1"))
        #expect(stage.verbs.count == count)
        #expect(stage.shown.last?.hasPrefix("There is nothing to confirm") == true)
        try stage.write("/kill", repliesTo: MessageID("s1"))
        try stage.write("no", repliesTo: MessageID("s1"))
        #expect(stage.verbs.count == count)
        try stage.write("/kill", repliesTo: MessageID("s1"))
        try stage.write("yes", repliesTo: MessageID("s1"))
        #expect(stage.verbs.dropFirst(count) == [.kill(try i1("app"))])
    }

    @Test func `in a task's conversation the yes of one who may only look is refused`() throws {
        let stage = try DeskStage([Person(service: .telegram, id: "1"): .viewer])
        let topic = Place(service: .telegram, chat: "-1001", thread: "5")
        stage.desk.threads.bind(topic, to: try i1(), now: stage.now)
        stage.channel.write("yes", by: Person(service: .telegram, id: "1"), in: topic)
        try stage.hear()
        #expect(stage.verbs.isEmpty)
        #expect(stage.shown.last?.contains("role operator") == true)
    }

    @Test func `nobody else's yes counts`() throws {
        let stage = try DeskStage([
            Person(service: .telegram, id: "4711"): .owner, Person(service: .telegram, id: "1"): .owner,
        ])
        try stage.write("/kill i1")
        try stage.write("yes", by: "1")
        #expect(stage.verbs.isEmpty)
    }

    // MARK: - Where it is meant

    @Test func `the project that is chosen in a chat is meant there`() throws {
        try stage.write("/use nowhere")
        #expect(stage.shown.last?.contains("no project") == true)
        try stage.write("/use app")
        try stage.write("/why i1")
        #expect(stage.verbs == [.why(try i1("app"))])
        try stage.write("/use")
        #expect(stage.shown.last?.contains("app") == true)
    }

    @Test func `help tells what one's role may`() throws {
        try stage.write("/start")
        #expect(stage.shown.last?.contains("/merge ID") == true)
        let viewer = try DeskStage([Person(service: .telegram, id: "1"): .viewer])
        try viewer.write("/help", by: "1")
        #expect(viewer.shown.last?.contains("/merge") == false)
        #expect(viewer.shown.last?.contains("/watch") == true)
    }

    // MARK: - What crashes and comes twice

    @Test func `a message that is delivered twice is dealt with once`() throws {
        stage.channel.write("/status")
        let batch = try stage.channel.receive(after: nil)
        try stage.desk.take(batch.messages)
        try stage.desk.take(batch.messages)
        #expect(stage.verbs.count == 1)
    }

    @Test func `what was not answered when orch died is done again by the same name`() throws {
        stage.isHeld = true
        try stage.write("A task")
        #expect(stage.performed.count == 1 && stage.shown.isEmpty)
        stage.isHeld = false
        stage.restart()
        stage.desk.takeUp()
        #expect(stage.performed.map(\.origin.request) == ["telegram-d1", "telegram-d1"])
        #expect(stage.shown.count == 1)
        stage.restart()
        stage.desk.takeUp()
        #expect(stage.performed.count == 2)
    }

    @Test func `what was answered while the store was busy is not answered again`() throws {
        stage.isHeld = true
        try stage.write("/status")
        stage.release()
        stage.fuse.set(0)
        stage.release()
        stage.fuse.set(nil)
        stage.isHeld = false
        #expect(try stage.store.countWaitingDeliveries(from: .telegram) == 1)
        try stage.write("/list")
        #expect(stage.verbs == [.status(project: nil), .list(project: nil)])
        #expect(stage.shown.count == 2)
        #expect(try stage.store.countWaitingDeliveries(from: .telegram) == 0)
    }

    @Test func `messages of one place are dealt with in their order, one after the other`() throws {
        stage.isHeld = true
        for number in 1...3 { stage.channel.write("/say i1 \(number)") }
        try stage.hear()
        #expect(stage.performed.count == 1)
        for _ in 1...6 { stage.release() }
        #expect(
            stage.verbs.compactMap { if case .say(_, let words) = $0 { words } else { nil } } == [
                "1", "2", "3",
            ])
    }

    @Test func `an answer that the service refuses holds nothing up`() throws {
        stage.channel.trouble(.forbidden)
        try stage.write("/status")
        try stage.write("/list")
        #expect(stage.verbs.count == 2 && stage.shown.count == 1)
        #expect(try stage.store.countWaitingDeliveries(from: .telegram) == 0)
    }
}
