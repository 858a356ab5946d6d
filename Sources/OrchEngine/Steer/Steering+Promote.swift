package import OrchCore

/// An internal task that is an issue now.
package struct Promoted {
    package let key: TaskKey
    package let url: String
    /// Children that have the issue for their parent now.
    package let children: Int
}

extension Steering {
    /// A tick takes seconds at the most where GitHub answers.
    private static let leaseTries = 50

    /// Makes an issue of an internal task.
    ///
    /// With the tick's lease held, so that no tick finds the new issue and starts it before its row knows
    /// what orch knows of the task: 1. find or make the issue; 2. its row; 3. the children; 4. the internal
    /// task gets a comment and is closed. After a crash in between, the same again finds what was made and
    /// does the rest.
    ///
    /// - Parameters:
    ///   - key: the find-or-create key of the issue.
    ///   - pause: waits a moment for a tick that is at work.
    package func promote(_ task: AgentTask, key: String, pause: () -> Void) throws -> Promoted {
        guard task.key.backend == .internal else {
            throw SteeringError.isIssueAlready(task.key.id, url: task.url)
        }
        guard let tracker = ports.tracker(project, .github) else {
            throw SteeringError.noGitHub(project: project.name)
        }
        try requireIdle(task)
        return try withTickLease(pause: pause) {
            let issue = try tracker.create(try draft(task, key: key))
            let promoted = TaskKey(project: project.id, backend: tracker.backend, id: issue.id)
            try record(issue, as: promoted, from: task)
            let children = try store.children(of: task.key)
            for child in children { try store.change(child.key, [.parent(promoted)]) }
            try retire(task, url: issue.url, as: promoted)
            try audit("publish", task.key, "as \(issue.url)")
            return Promoted(key: promoted, url: issue.url, children: children.count)
        }
    }

    /// What was for one's own eyes is for everybody's now.
    private func draft(_ task: AgentTask, key: String) throws -> TaskDraft {
        var draft = Promoting.draft(task, body: try store.body(of: task.key) ?? "", key: key)
        let text = PublicText(redaction)
        draft.title = text.clean(draft.title)
        draft.body = text.clean(draft.body)
        draft.firstTry = try firstTry(key)
        return draft
    }

    private func firstTry(_ key: String) throws -> Timestamp {
        if let known = try store.cursor(key).flatMap({ Timestamp(iso8601: $0) }) { return known }
        try store.setCursor(key, to: now.iso8601)
        return now
    }

    /// A row that is there already has been at work: it keeps its own state, but for who does the task.
    private func record(_ issue: TrackedTask, as key: TaskKey, from task: AgentTask) throws {
        if try store.task(key) != nil {
            try store.change(key, [.trusted(true), .parent(task.parent)])
        } else {
            let row = Merging.task(issue, key: key).applying(Promoting.inheritance(task))
            try store.save([(row, issue.body)], cursor: nil)
        }
    }

    private func retire(_ task: AgentTask, url: String, as key: TaskKey) throws {
        if let tracker = ports.tracker(project, .internal) {
            _ = try tracker.comment(
                "Published as #\(key.id): \(url)", on: task.key.id, key: "published", mayExist: true)
            try tracker.close(task.key.id)
        }
        try store.change(task.key, [.status(.done), .labelledStatus(.done), .summary("published as \(url)")])
    }

    private func withTickLease<Value>(pause: () -> Void, _ act: () throws -> Value) throws -> Value {
        let lease = DecisionLease("tick", ports: ports)
        for _ in 1...Self.leaseTries {
            guard try lease.take() else {
                pause()
                continue
            }
            defer { lease.release() }
            return try act()
        }
        throw SteeringError.busy
    }
}
