import KitTesting
import OrchAdapters
import OrchCore
import Platform
import Testing

@testable import OrchCommands

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct OwnClaimsTests {
    private let folder = "\(Scratch.parent)/orch-claims-\(UInt64.random(in: .min ... .max))"
    private let key = TaskKey(project: .init(rawValue: "/p"), backend: .github, id: "7")

    private func claims(serving: Int32? = nil) throws -> OwnClaims {
        let locks = LockDirectories(lockPath: { [folder] _ in "\(folder)/lock" })
        return OwnClaims(locks: locks, store: try SQLiteStore(path: ":memory:")) { _ in serving }
    }

    private func tidy() { try? Directory.remove(folder) }

    @Test func `a lock that v0 has made and not signed yet is v0's`() throws {
        defer { tidy() }
        try Directory.make("\(folder)/lock.task.7")
        #expect(try claims().holder(of: key) == .unsigned)
        #expect(try !claims().take(key, owner: 1))
    }

    @Test func `a lock that is given back is gone where v0 does not serve`() throws {
        defer { tidy() }
        #expect(try claims().take(key, owner: getpid()))
        try claims().release(key, owner: getpid())
        #expect(FileStatus.ifPresent("\(folder)/lock.task.7") == nil)
    }

    @Test func `while v0 serves, a lock that is given back keeps v0 off and orch not`() throws {
        defer { tidy() }
        let serving = try claims(serving: getppid())
        #expect(try serving.take(key, owner: getpid()))
        #expect(serving.holder(of: key) == .process(getpid()))
        try serving.release(key, owner: getpid())
        #expect(
            try WholeFile.read("\(folder)/lock.task.7/pid", limitBytes: 64) == Array("\(getppid())\n".utf8))
        #expect(serving.holder(of: key) == nil)
        #expect(try serving.take(key, owner: getpid()))
        #expect(serving.holder(of: key) == .process(getpid()))
    }
}
