import OrchAdapters
import OrchCore

/// v0's locks, seen from a home with several projects.
///
/// A lock's name holds an issue's number and no project, so two projects with an issue 7 would keep
/// each other waiting: a lock that is another task's host's is none. Internal tasks have no lock,
/// since v0 knows none of them.
///
/// v0 lists what is due, then works through its list for as long as its agents take, and asks nobody again:
/// it would do once more what orch has done meanwhile. So while v0 serves, a lock that orch gives back is
/// signed over to v0's own loop, which never signs one itself: its workers keep off until the loop has ended,
/// and to orch the lock is free.
struct OwnClaims: Claims {
    let locks: LockDirectories
    let store: any Store
    /// The process of v0's loop that serves the task's project; nil where none does.
    let servingProcess: (TaskKey) -> Int32?

    func take(_ key: TaskKey, owner: Int32) throws(ClaimError) -> Bool {
        if key.backend != .github { return true }
        if let serving = servingProcess(key) { try locks.release(key, owner: serving) }
        if try locks.take(key, owner: owner) { return true }
        return holder(of: key) == nil
    }

    func release(_ key: TaskKey, owner: Int32) throws(ClaimError) {
        guard key.backend == .github else { return }
        if let serving = servingProcess(key) {
            try locks.handOver(key, from: owner, to: serving)
        } else {
            try locks.release(key, owner: owner)
        }
    }

    func holder(of key: TaskKey) -> ClaimHolder? {
        guard key.backend == .github, let holder = locks.holder(of: key) else { return nil }
        guard case .process(let pid) = holder else { return holder }
        if pid == servingProcess(key) { return nil }
        // A store that does not answer proves nothing; the lock counts then.
        let runs = (try? store.openRuns()) ?? []
        return runs.contains { $0.host?.pid == pid && $0.task != key } ? nil : holder
    }
}
