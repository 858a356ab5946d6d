import OrchCore
import Testing

@testable import OrchAdapters

@Suite struct SQLiteStoreLeaseTests {
    let store: SQLiteStore

    init() throws { store = try memoryStore() }

    private func take(
        by owner: Owner, at now: Timestamp, for length: Duration = .seconds(60), gone: [Owner] = []
    ) throws -> Bool {
        try store.takeLease("tick", owner: owner, now: now, until: now + length) { gone.contains($0) }
    }

    @Test func `a live owner keeps its lease until its time is up`() throws {
        #expect(try take(by: ours, at: noon))
        #expect(try !take(by: theirs, at: noon))
        #expect(try !take(by: theirs, at: noon + .seconds(59)))
        #expect(try take(by: theirs, at: noon + .seconds(60)))
        #expect(try !take(by: ours, at: noon + .seconds(61)))
    }

    @Test func `a lease is taken from an owner that is gone, however long it had`() throws {
        #expect(try take(by: ours, at: noon, for: .seconds(1_000_000)))
        #expect(try take(by: theirs, at: noon + .seconds(1), gone: [ours]))
    }

    @Test func `with the clock set back a live owner keeps its lease, and a gone one loses it`() throws {
        #expect(try take(by: ours, at: noon))
        let earlier = noon - .seconds(86_400)
        #expect(try !take(by: theirs, at: earlier))
        #expect(try take(by: theirs, at: earlier, gone: [ours]))
    }

    @Test func `the same number after a reboot, or of a later process, is another owner`() throws {
        #expect(try take(by: ours, at: noon))
        let rebooted = Owner(bootID: "b2", pid: ours.pid, startTime: ours.startTime)
        let later = Owner(bootID: ours.bootID, pid: ours.pid, startTime: ours.startTime + 1)
        for owner in [rebooted, later] {
            #expect(try !take(by: owner, at: noon))
            try store.releaseLease("tick", owner: owner)
            #expect(try !take(by: theirs, at: noon))
        }
    }

    @Test func `an owner prolongs its own lease, and gives back no other's`() throws {
        #expect(try take(by: ours, at: noon))
        #expect(try take(by: ours, at: noon + .seconds(50)))
        #expect(try !take(by: theirs, at: noon + .seconds(100)))
        try store.releaseLease("tick", owner: theirs)
        #expect(try !take(by: theirs, at: noon + .seconds(100)))
        try store.releaseLease("tick", owner: ours)
        #expect(try take(by: theirs, at: noon + .seconds(100)))
    }

    @Test func `leases of different names do not meet`() throws {
        #expect(try take(by: ours, at: noon))
        #expect(
            try store.takeLease("sync", owner: theirs, now: noon, until: noon + .seconds(9)) { _ in false })
    }

    @Test func `an owner that ends while it is looked at loses the lease to one only`() throws {
        let folder = try StoreFolder()
        let (first, second) = (try folder.open(), try folder.open())
        let until = noon + .seconds(60)
        #expect(try first.takeLease("tick", owner: ours, now: noon, until: until) { _ in false })
        let third = Owner(bootID: "b1", pid: 300, startTime: 1)
        let isTaken = try first.takeLease("tick", owner: theirs, now: noon, until: until) { _ in
            // Meanwhile somebody else finds the same.
            (try? second.takeLease("tick", owner: third, now: noon, until: until) { _ in true }) ?? false
        }
        #expect(!isTaken)
        #expect(try !second.takeLease("tick", owner: theirs, now: noon, until: until) { $0 != third })
    }

    @Test func `of many that take a free lease at the same time exactly one gets it`() throws {
        let folder = try StoreFolder()
        _ = try folder.open()
        let path = folder.database
        let outcomes = inParallel(8) { index -> String in
            do {
                let store = try SQLiteStore(path: path, patience: .seconds(60))
                let owner = Owner(bootID: "b", pid: Int32(index + 1), startTime: 1)
                let isTaken = try store.takeLease("tick", owner: owner, now: noon, until: noon + .seconds(60))
                {
                    _ in false
                }
                return isTaken ? "taken" : "held"
            } catch { return "\(error)" }
        }
        #expect(outcomes.sorted() == Array(repeating: "held", count: 7) + ["taken"])
    }
}
