import Dispatch
import KitTesting
import OrchCore
import Platform
import Synchronization

@testable import OrchAdapters

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder of a test's own, removed with everything in it.
final class StoreFolder {
    let path: String

    init() throws {
        var template = Array("\(Scratch.parent)/orch-store.XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw SystemError("mkdtemp") }
        path = String(cString: made)
    }

    deinit {
        // A test that leaves something behind has failed for another reason already.
        try? Directory.remove(path)
    }

    var database: String { path + "/home/orch.db" }

    func open(patience: Duration = .seconds(20)) throws -> SQLiteStore {
        try SQLiteStore(path: database, patience: patience)
    }
}

let app = Project.ID(rawValue: "/srv/app")
let web = Project.ID(rawValue: "/srv/web")
let noon = Timestamp(seconds: 1_700_000_000)
let ours = Owner(bootID: "b1", pid: 100, startTime: 5)
let theirs = Owner(bootID: "b1", pid: 200, startTime: .max)

func issue(_ number: Int, in project: Project.ID = app) -> TaskKey {
    TaskKey(project: project, backend: .github, id: "\(number)")
}

func memoryStore() throws -> SQLiteStore { try SQLiteStore(path: ":memory:") }

extension SQLiteStore {
    func add(_ keys: TaskKey..., status: TaskStatus = .new) throws {
        try save(keys.map { (AgentTask(key: $0, title: "Task \($0.id)", status: status), nil) }, cursor: nil)
    }

    func begin(_ key: TaskKey) throws -> Run? {
        try beginRun(
            RunDraft(task: key, kind: .work, agent: .claude, root: "/attempts", now: noon), changing: [])
    }

    /// A run of a new task, hosted by `ours`.
    func hostedRun(_ number: Int = 1) throws -> Run.ID {
        try add(issue(number))
        guard let run = try begin(issue(number)), try setHost(ours, of: run.id, expecting: nil) else {
            throw StoreError.failed(detail: "the run could not be begun")
        }
        return run.id
    }
}

/// The work, by several threads at the same time; in the order of their numbers.
func inParallel<Value: Sendable>(_ count: Int, _ work: @Sendable (Int) -> Value) -> [Value] {
    let values = Mutex<[Int: Value]>([:])
    DispatchQueue.concurrentPerform(iterations: count) { index in
        let value = work(index)
        values.withLock { $0[index] = value }
    }
    return values.withLock { values in (0..<count).compactMap { values[$0] } }
}

/// Runs `body` as a user who may not write everywhere; root stops being one on this thread meanwhile:
/// setfsuid(2).
func withoutRootPowers<Value>(_ body: () throws -> Value) rethrows -> Value {
    #if os(Linux)
        typealias SetUser = @convention(c) (uid_t) -> CInt
        guard geteuid() == 0, let symbol = dlsym(nil, "setfsuid") else { return try body() }
        let setUser = unsafeBitCast(symbol, to: SetUser.self)
        let nobody: uid_t = 65534
        _ = setUser(nobody)
        defer { _ = setUser(0) }
    #endif
    return try body()
}

func fileSize(_ path: String) -> Int64 { FileStatus.ifPresent(path)?.sizeBytes ?? 0 }
