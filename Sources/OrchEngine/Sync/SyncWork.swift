import OrchCore

/// What every phase of a sync works with: one project, and the world behind its ports.
struct SyncWork {
    let ports: Ports
    let project: Project
    let isDryRun: Bool
    /// To be called between things that take long.
    let keepLease: () throws -> Void
    let memory: SyncMemory
    /// A person asks for this phase: what rests for a while is looked at all the same.
    let isByHand: Bool

    var store: any Store { ports.store }
    var forge: (any Forge)? { ports.forge(project) }
    var now: Timestamp { ports.now() }
    var publicText: PublicText { PublicText(ports.redaction(project)) }

    /// What was said in all threads since a phase's own cursor; phases that have come equally far share one
    /// call.
    func newComments(since cursor: String?, in threads: any Threads) throws -> NewComments {
        let place = cursor ?? ""
        if let known = memory.comments[place] { return known }
        let comments = try threads.newComments(since: cursor)
        memory.comments[place] = comments
        return comments
    }

    /// The issue or pull request with this number, as this sync has first seen it; nil where there is none.
    func thread(_ number: String, in threads: any Threads) throws -> CommentThread? {
        if let known = memory.threads[number] { return known }
        let thread = try threads.thread(number)
        memory.threads[number] = thread
        return thread
    }

    /// The open pull requests: one call for all phases, since none of them opens or closes one without naming
    /// the commit that it means.
    func openPulls(on forge: any PullRequests) throws -> [TrackedPullRequest] {
        if let known = memory.openPulls { return known }
        let pulls = try forge.open()
        memory.openPulls = pulls
        return pulls
    }

    /// What orch is called by. Its own login only where that is a machine's account: a person's is called for
    /// other reasons.
    func names(on threads: any Threads) throws -> [String] {
        if let known = memory.names { return known }
        let login = try threads.ownLogin()
        let isPerson = Intaking.mayDrive(login, project: project, writers: [])
        let names = CommentReading.names + (isPerson ? [] : [login.lowercased()])
        memory.names = names
        return names
    }

    /// Which of these logins may drive orch: by name, else by their permission on the tracker.
    func drivers(among comments: [ThreadComment]) throws -> Set<String> {
        var drivers: Set<String> = []
        for author in Set(comments.filter { !$0.isByBot }.map(\.comment.author)).sorted() {
            if Intaking.mayDrive(author, project: project, writers: []) {
                drivers.insert(author)
            } else if !comments.contains(where: { $0.comment.author == author && $0.isByStranger }),
                try tracker()?.mayWrite(author) == true
            {
                drivers.insert(author)
            }
        }
        return drivers
    }

    func tracker(_ backend: TaskKey.Backend = .github) -> (any Tracker)? { ports.tracker(project, backend) }

    /// The name under which a phase keeps how far it has come in this project.
    func cursorName(_ phase: String) -> String { "\(phase):\(project.id.rawValue)" }

    /// Changes the task's row and what v0 reads of it, where a person, a tick or a run has not changed the
    /// task since it was looked at.
    ///
    /// - Parameter notice: what people are to hear of it; nil: that a person is needed, where one is.
    /// - Throws: `.changedMeanwhile` where one has; `SidecarLag` where only v0's file could not be written.
    func change(_ task: AgentTask, _ changes: [TaskChange], telling notice: Notice? = nil) throws {
        let changes = changes + (task.key.backend == .internal ? [.updatedAt(now)] : [])
        try store.atomically {
            try requireUnchanged(task)
            try store.change(task.key, changes)
            try ports.note(notice ?? standstill(of: task, changes))
        }
        do { try acting.mirror(changes, of: task.key) } catch { throw SidecarLag(cause: error) }
    }

    private func standstill(of task: AgentTask, _ changes: [TaskChange]) -> Notice? {
        guard let status = changes.status, status == .needsReview || status == .blocked else {
            return nil
        }
        return ports.noticing(project).became(status, task, reason: changes.lastError ?? "")
    }

    /// - Throws: `.changedMeanwhile` where a person, a tick or a run has changed the task since it was looked
    ///   at.
    func requireUnchanged(_ task: AgentTask) throws {
        guard let row = try store.task(task.key), row.status == task.status, row.isHeld == task.isHeld,
            row.isClosed == task.isClosed
        else { throw EngineError.changedMeanwhile(task.key.id) }
    }

    /// Says something on a task, once for this key, whoever has tried it before. A tracker that refuses it
    /// for good keeps nothing else from being done.
    func say(_ text: String, on task: TaskKey, key: String) throws {
        do throws(TrackerError) {
            _ = try tracker(task.backend)?.comment(text, on: task.id, key: key, mayExist: true)
        } catch {
            guard error.isRefusal else { throw error }
            try audit("unpublished", task, error.problem)
        }
    }

    /// Answers a comment in its thread, once for this key.
    ///
    /// - Parameter isRepeated: an earlier try may have done so.
    func reply(_ text: String, to said: ThreadComment, key: String, isRepeated: Bool) throws {
        try reply(text, in: said.thread, key: key, since: isRepeated ? said.comment.createdAt : nil)
    }

    /// - Parameter since: when the comment was said, where an earlier try may have answered.
    func reply(_ text: String, in thread: String, key: String, since: Timestamp?) throws {
        do throws(TrackerError) {
            try ports.threads(project)?.reply(text, in: thread, key: key, since: since)
        } catch {
            // A locked thread is no reason to try for ever.
            guard error.isRefusal else { throw error }
            try audit("unpublished", nil, "#\(thread): \(error.problem)")
        }
    }

    /// Shows the status on the tracker; the row remembers that it is shown.
    func show(_ status: TaskStatus, of task: AgentTask) throws {
        guard let tracker = tracker(task.key.backend) else { return }
        try tracker.apply(.showing(status: status, known: task), to: task.key.id)
        try store.change(task.key, [.labelledStatus(status)])
    }

    /// Closes the task where it lives, if the project wants that of what is done.
    ///
    /// - Returns: what its row is to say of it. An internal task lives in its row, and is closed by that
    ///   alone.
    func closing(_ task: AgentTask) throws -> [TaskChange] {
        guard project.settings.workflow.autoClose, !task.isClosed else { return [] }
        if task.key.backend != .internal { try tracker(task.key.backend)?.close(task.key.id) }
        return [.closed(true)]
    }

    /// Writes down who did what, with the reason.
    func audit(_ act: String, _ task: TaskKey?, by actor: String = "sync", _ detail: String) throws {
        let detail = ports.redaction(project).apply(to: detail)
        try store.audit(AuditEntry(at: now, actor: actor, task: task, run: nil, act: act, detail: detail))
    }

    func steering(by actor: String) -> Steering {
        Steering(ports: ports, project: project, actor: actor, redaction: ports.redaction(project))
    }

    var acting: Acting { Acting(ports: ports, projects: [project.id: project]) }
}

/// What one sync has read of a project, for the phases that follow.
final class SyncMemory {
    /// By the cursor that they were asked with.
    var comments: [String: NewComments] = [:]
    var names: [String]?
    var threads: [String: CommentThread] = [:]
    var openPulls: [TrackedPullRequest]?
}
