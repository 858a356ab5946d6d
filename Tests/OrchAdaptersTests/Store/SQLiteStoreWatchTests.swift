import OrchCore
import Testing

@testable import OrchAdapters

@Suite struct SQLiteStoreWatchTests {
    private func watch(_ number: Int, in place: String, seen: TaskWatch.Seen? = nil) -> TaskWatch {
        TaskWatch(task: issue(number), service: "telegram", place: place, person: "7", seen: seen)
    }

    @Test func `a watch is kept as it was, once for each task and place`() throws {
        let store = try memoryStore()
        try store.add(issue(1), issue(2))
        #expect(try store.watches(on: "telegram", limit: 9).isEmpty)
        try store.save(watch(1, in: "7"))
        try store.save(watch(2, in: "-1001/5"))
        #expect(try store.watches(on: "telegram", limit: 9) == [watch(2, in: "-1001/5"), watch(1, in: "7")])
        let seen = TaskWatch.Seen(run: Run.ID(rawValue: 3), offset: 4711, isOver: true)
        try store.save(watch(1, in: "7", seen: seen))
        #expect(try store.watches(on: "telegram", limit: 9).last == watch(1, in: "7", seen: seen))
        #expect(try store.watches(on: "telegram", limit: 1).count == 1)
        #expect(try store.watches(on: "telegram", limit: -1).isEmpty)
        #expect(try store.watches(on: "discord", limit: 9).isEmpty)
    }

    @Test func `one that is forgotten is gone, and no other`() throws {
        let store = try memoryStore()
        try store.add(issue(1), issue(2))
        for place in ["7", "8"] { for number in [1, 2] { try store.save(watch(number, in: place)) } }
        try store.forgetWatch(of: issue(1), in: "7", on: "telegram")
        try store.forgetWatch(of: issue(1), in: "9", on: "telegram")
        try store.forgetWatch(of: issue(2), in: "8", on: "discord")
        let left = try store.watches(on: "telegram", limit: 9)
        #expect(left == [watch(2, in: "7"), watch(1, in: "8"), watch(2, in: "8")])
    }

    @Test func `what makes no sense is not kept`() throws {
        let store = try memoryStore()
        try store.add(issue(1))
        let torn = TaskWatch.Seen(run: Run.ID(rawValue: 3), offset: -1)
        for wrong in [watch(99, in: "7"), watch(1, in: ""), watch(1, in: "7", seen: torn)] {
            #expect(throws: StoreError.self) { try store.save(wrong) }
        }
    }
}
