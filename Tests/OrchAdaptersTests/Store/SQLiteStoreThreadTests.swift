import OrchCore
import Testing

@testable import OrchAdapters

@Suite struct SQLiteStoreThreadTests {
    @Test func `a thread is about one task, the one it was bound to last`() throws {
        let store = try memoryStore()
        try store.add(issue(1), issue(2))
        #expect(try store.task(ofThread: "7:1", of: "telegram") == nil)
        try store.bind(thread: "7:1", of: "telegram", to: issue(1), now: noon)
        try store.bind(thread: "7:1", of: "telegram", to: issue(2), now: noon)
        #expect(try store.task(ofThread: "7:1", of: "telegram") == issue(2))
        #expect(try store.task(ofThread: "7:1", of: "discord") == nil)
        #expect(throws: StoreError.self) {
            try store.bind(thread: "7:2", of: "telegram", to: issue(99), now: noon)
        }
    }

    @Test func `a task's threads come newest first, of one service`() throws {
        let store = try memoryStore()
        try store.add(issue(1))
        for (number, service) in [(1, "telegram"), (2, "discord"), (3, "telegram"), (4, "telegram")] {
            try store.bind(thread: "\(number)", of: service, to: issue(1), now: noon + .seconds(number))
        }
        #expect(try store.threads(of: issue(1), on: "telegram", limit: 2) == ["4", "3"])
        #expect(try store.threads(of: issue(1), on: "telegram", limit: -1).isEmpty)
    }

    @Test func `old threads are forgotten once their task is done, and not before`() throws {
        let store = try memoryStore()
        try store.add(issue(1))
        try store.add(issue(2), status: .done)
        for number in [1, 2] {
            try store.bind(thread: "\(number)", of: "telegram", to: issue(number), now: noon)
            try store.bind(thread: "new\(number)", of: "telegram", to: issue(number), now: noon + .seconds(9))
        }
        try store.forgetThreads(before: noon + .seconds(1))
        #expect(try store.threads(of: issue(1), on: "telegram", limit: 9) == ["new1", "1"])
        #expect(try store.threads(of: issue(2), on: "telegram", limit: 9) == ["new2"])
    }
}
