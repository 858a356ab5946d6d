package import OrchCore

/// v0's sidecars in memory.
package final class MemorySidecars: Sidecars {
    private let fuse: Fuse
    package var values: [TaskKey: [String: SidecarValue]] = [:]
    package private(set) var writes = 0
    /// Thrown by every write from now on.
    package var failure: SidecarError?
    /// What happens elsewhere while one is written.
    package var whileWriting: () throws -> Void = {}

    package init(fuse: Fuse) { self.fuse = fuse }

    package func read(_ key: TaskKey) throws(SidecarError) -> [String: String] {
        (values[key] ?? [:]).compactMapValues { if case .text(let text) = $0 { text } else { nil } }
    }

    package func merge(_ changes: [String: SidecarValue], into key: TaskKey) throws(SidecarError) {
        try fuse.guarding(dead: SidecarError(path: key.id, detail: "dead")) { () throws(SidecarError) in
            if let failure { throw failure }
            do { try whileWriting() } catch { throw SidecarError(path: key.id, detail: "\(error)") }
            writes += 1
            values[key, default: [:]].merge(changes) { _, new in new }
        }
    }
}

/// v0's locks in memory; a lock is held while its owner lives.
package final class MemoryClaims: Claims {
    private let fuse: Fuse
    private let isAlive: (Int32) -> Bool
    package var held: [TaskKey: Int32] = [:]

    package init(fuse: Fuse, isAlive: @escaping (Int32) -> Bool) {
        self.fuse = fuse
        self.isAlive = isAlive
    }

    private var dead: ClaimError { ClaimError(path: "", detail: "dead") }

    package func take(_ key: TaskKey, owner: Int32) throws(ClaimError) -> Bool {
        try fuse.guarding(dead: dead) { () throws(ClaimError) in
            if let holder = holder(of: key), holder != .process(owner) { return false }
            held[key] = owner
            return true
        }
    }

    package func release(_ key: TaskKey, owner: Int32) throws(ClaimError) {
        try fuse.guarding(dead: dead) { () throws(ClaimError) in
            if held[key] == owner { held[key] = nil }
        }
    }

    package func holder(of key: TaskKey) -> ClaimHolder? {
        held[key].flatMap { isAlive($0) ? .process($0) : nil }
    }
}

/// Processes that a test starts and kills.
package final class FakeHosts: Hosts {
    /// Runs whose agents were ended.
    package private(set) var ended: [Run.ID] = []
    private let fuse: Fuse
    package private(set) var current = Owner(bootID: "boot", pid: 1, startTime: 1)
    private var gone: Set<Owner> = []
    /// The runs for which a host was started, in order.
    package private(set) var started: [Run.ID] = []
    package private(set) var poked: [Owner] = []
    /// Thrown by the next starts.
    package var failures: [any Error] = []

    package init(fuse: Fuse) { self.fuse = fuse }

    /// From now on, another process speaks; the one before lives on.
    package func become(pid: Int32) { current = Owner(bootID: "boot", pid: pid, startTime: 1) }

    package func kill(_ owner: Owner) { gone.insert(owner) }

    package func isAlive(pid: Int32) -> Bool { !gone.contains { $0.pid == pid } }

    package func isAlive(_ owner: Owner) -> Bool { !gone.contains(owner) }

    package func start(_ run: Run, of project: Project) throws -> String? {
        try fuse.guarding(dead: StoreError.fenced(run: 0) as any Error) { () throws(any Error) in
            if !failures.isEmpty { throw failures.removeFirst() }
            started.append(run.id)
            return project.sessionName(for: run.task)
        }
    }

    package func endAgents(of run: Run) { ended.append(run.id) }
    package func poke(_ owner: Owner) { poked.append(owner) }
}
