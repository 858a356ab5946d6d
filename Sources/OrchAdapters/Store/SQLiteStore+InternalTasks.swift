package import OrchCore
import SQLite

extension SQLiteStore {
    package func createInternalTask(
        _ draft: TaskDraft, in project: Project.ID, now: Timestamp
    ) throws(StoreError) -> TaskKey {
        // Mostly asked for by a run that was taken over: then there is nothing to write.
        let known = try perform { () throws(SQLiteError) in try key(of: draft, in: project) }
        if let known { return known }
        return try write { () throws(SQLiteError) in
            if let known = try key(of: draft, in: project) { return known }
            let key = TaskKey(project: project, backend: .internal, id: "i\(try nextInternalNumber(project))")
            try insert(draft, as: key, now: now)
            return key
        }
    }

    private func key(of draft: TaskDraft, in project: Project.ID) throws(SQLiteError) -> TaskKey? {
        guard !draft.key.isEmpty else { return nil }
        let query = "SELECT id FROM tasks WHERE project = ?1 AND draft_key = ?2 AND draft_key IS NOT NULL"
        let id: String? = try database.value(query, project, draft.key)
        return id.map { TaskKey(project: project, backend: .internal, id: $0) }
    }

    /// Counts on a row of its own, so that no number comes again, whatever becomes of the task.
    private func nextInternalNumber(_ project: Project.ID) throws(SQLiteError) -> Int {
        let statement = """
            INSERT INTO internal_ids (project, last) VALUES (?1, 1)
            ON CONFLICT (project) DO UPDATE SET last = last + 1 RETURNING last
            """
        return try database.value(statement, project) ?? 1
    }

    /// A task that was saved under an id of its own (moved over from v0, say) keeps that number for good.
    func reserveInternalID(_ key: TaskKey) throws(SQLiteError) {
        let statement = """
            INSERT INTO internal_ids (project, last) VALUES (?1, ?2)
            ON CONFLICT (project) DO UPDATE SET last = excluded.last WHERE last < excluded.last
            """
        try database.execute(statement, key.project, key.number)
    }

    private func insert(_ draft: TaskDraft, as key: TaskKey, now: Timestamp) throws(SQLiteError) {
        var task = AgentTask(key: key, title: draft.title, status: .new)
        // The row is the label: there is nothing to write to a tracker.
        task.labelledStatus = .new
        task.labels = draft.labels
        task.parent = draft.parent
        task.updatedAt = now
        try insertOrReplace(task)
        let body = "INSERT INTO task_bodies (project, backend, id, body) VALUES (?1, ?2, ?3, ?4)"
        try database.execute(body, key.project, key.backend, key.id, draft.body)
        guard !draft.key.isEmpty else { return }
        let label = "UPDATE tasks SET draft_key = ?4 WHERE project = ?1 AND backend = ?2 AND id = ?3"
        try database.execute(label, key.project, key.backend, key.id, draft.key)
    }
}
