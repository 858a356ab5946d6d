import OrchAdapters
import OrchCore
import OrchEngine
import Platform

/// A task that a script of v0 names: orch's row of it, brought to what its issue and its sidecar say.
struct V0Task {
    let stage: V0Stage
    private(set) var task: AgentTask

    /// - Returns: nil where there is no such task.
    /// - Throws: `MissingFolder` where the task's `dir` is gone; it is blocked then.
    init?(_ id: String, _ call: V0Call) throws {
        guard V0Fields.isNumber(id) else { return nil }
        let folder = try call.sidecars.read(call.key(id))["dir"].flatMap {
            $0.isEmpty || $0 == "null" ? nil : $0
        }
        let isThere = folder.map { FileStatus.ifPresent($0)?.kind == .directory } ?? true
        stage = try V0Stage(call, directory: isThere ? folder : nil)
        guard let task = try Self.adopted(id, on: stage, call) else { return nil }
        self.task = task
        if let folder, !isThere {
            try stage.steering.halt(task, .blocked, because: "task dir does not exist: \(folder)")
            throw MissingFolder(path: folder)
        }
    }

    struct MissingFolder: Error { let path: String }

    /// GitHub's labels and v0's sidecar have the last word; what only orch knows stays.
    private static func adopted(_ id: String, on stage: V0Stage, _ call: V0Call) throws -> AgentTask? {
        let project = stage.project
        guard let tracker = stage.ports.tracker(project, .github), let tracked = try tracker.get(id) else {
            return nil
        }
        let key = TaskKey(project: project.id, backend: .github, id: id)
        let known = try stage.store.task(key)
        let sidecar = try call.sidecars.read(key).merging(try stage.ports.sidecars(project).read(key)) {
            _, own in
            own
        }
        var task = Adopting.task(Merging.task(tracked, key: key), sidecar: sidecar)
        if let known { keep(known, in: &task) }
        if let agent = task.agent, task.model == nil {
            task.model = project.settings.models[task.assumedComplexity.rawValue]?[agent]
        }
        try stage.store.save([(task, tracked.body)], cursor: nil)
        if task.isTrusted != true {
            let writers: Set = try tracker.mayWrite(task.author) ? [task.author] : []
            task.isTrusted = Intaking.isTrusted(task, project: project, writers: writers)
            try stage.store.change(key, [.trusted(task.isTrusted == true)])
        }
        return task
    }

    private static func keep(_ known: AgentTask, in task: inout AgentTask) {
        task.isTrusted = known.isTrusted
        if known.isTrusted == true { task.title = known.title }
        task.failoverChain = known.failoverChain
        task.sameErrorCount = known.sameErrorCount
        task.lastError = known.lastError
        task.parent = task.parent ?? known.parent
        task.branch = task.branch ?? known.branch
        task.worktree = task.worktree ?? known.worktree
        task.pullRequest = known.pullRequest
        task.profile = known.profile
        task.summary = known.summary
        if task.agent == known.agent { task.agentIsPinned = known.agentIsPinned }
    }

    /// Makes it one that may start, as v0 starts whatever it is told to: the caller has chosen it.
    mutating func makeRunnable() throws {
        let status: TaskStatus = task.agent == nil ? .new : .routed
        guard task.status != status else { return }
        try change([.status(status), .held(false), .parkedUntil(nil)])
    }

    mutating func change(_ changes: [TaskChange]) throws {
        try stage.store.change(task.key, changes)
        task = task.applying(changes)
    }
}
