import OrchCore
import Platform
import Subprocess
import Testing

@testable import OrchAdapters

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

struct LockDirectoriesTests {
    let folder: FileSandbox
    private let own = getpid()

    init() throws { folder = try FileSandbox() }

    private func locks(now: Int64 = WallClock.unixSeconds()) -> LockDirectories {
        let path = folder.path
        return LockDirectories(lockPath: { _ in "\(path)/state/locks" }, now: { now })
    }

    private func key(_ id: String = "42") -> TaskKey {
        TaskKey(project: .init(rawValue: "/p"), backend: .github, id: id)
    }

    /// A lock as v0 makes it; nil for one without its number yet.
    private func place(pid: String?) throws {
        try Directory.make("\(folder.path)/state/locks.task.42")
        if let pid { try folder.write(pid, to: "state/locks.task.42/pid") }
    }

    /// The number of a process that has ended and was reaped.
    private func deadPid() throws -> Int32 {
        let pid = try Child.detached(Command("/bin/true"))
        while try Child.reap(pid) == nil { sched_yield() }
        return pid
    }

    @Test(arguments: ["", "../x", "a/b"])
    func `an id never leads out of the folder`(id: String) {
        #expect(throws: ClaimError.self) { try locks().take(key(id), owner: own) }
        #expect(locks().holder(of: key(id)) == nil)
    }

    @Test func `a lock is v0's folder with the holder's number`() throws {
        #expect(try locks().take(key(), owner: own))
        #expect(try folder.read("state/locks.task.42/pid") == "\(own)\n")
        #expect(locks().holder(of: key()) == .process(own))
        #expect(locks().holder(of: key("4")) == nil)
    }

    @Test func `who has it may take it again`() throws {
        #expect(try locks().take(key(), owner: own))
        #expect(try locks().take(key(), owner: own))
    }

    @Test func `a living holder keeps it however old it is`() throws {
        try place(pid: "\(getppid())\n")
        #expect(try !locks(now: .max / 2).take(key(), owner: own))
        #expect(locks().holder(of: key()) == .process(getppid()))
    }

    @Test func `a holder that has ended loses it at once`() throws {
        try place(pid: "\(try deadPid())\n")
        #expect(locks().holder(of: key()) == nil)
        #expect(try locks().take(key(), owner: own))
        #expect(locks().holder(of: key()) == .process(own))
    }

    @Test(arguments: [nil, "", "x", "-1", "0"])
    func `a lock without a number counts until it is stale`(pid: String?) throws {
        try place(pid: pid)
        let now = WallClock.unixSeconds()
        #expect(try !locks(now: now + 590).take(key(), owner: own))
        #expect(locks(now: now + 590).holder(of: key()) == .unsigned)
        #expect(try locks(now: now + 610).take(key(), owner: own))
    }

    @Test func `only the own lock is given back`() throws {
        try place(pid: "\(getppid())\n")
        try locks().release(key(), owner: own)
        #expect(locks().holder(of: key()) == .process(getppid()))
        try locks().release(key(), owner: getppid())
        #expect(try folder.names(in: "state") == [])
        try locks().release(key(), owner: own)
    }

    @Test(arguments: [false, true])
    func `of eight that want it exactly one gets it`(isStale: Bool) throws {
        // Processes that live as long as this test; the threads play them.
        let owners = try (0..<8).map { _ in try Child.detached(Command("/usr/bin/tail", "-f", "/dev/null")) }
        defer {
            for owner in owners {
                kill(owner, SIGKILL)
                waitpid(owner, nil, 0)
            }
        }
        for _ in 0..<25 {
            if isStale { try place(pid: "\(try deadPid())\n") }
            let (path, key) = (folder.path, key())
            let won = Threads.run(owners.count) { number -> Int32? in
                let locks = LockDirectories(lockPath: { _ in "\(path)/state/locks" })
                return (try? locks.take(key, owner: owners[number])) == true ? owners[number] : nil
            }.compactMap { $0 }
            #expect(won.count == 1 && won.first.map { .process($0) } == locks().holder(of: key))
            for owner in won { try locks().release(key, owner: owner) }
        }
    }
}
