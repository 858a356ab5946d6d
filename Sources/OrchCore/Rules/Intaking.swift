/// Whose tasks count. The default is no: an empty allow-list means nobody but the owner.
package enum Intaking {
    package static func decide(_ snapshot: Snapshot) -> [Decision] {
        snapshot.tasks.compactMap { task in
            if task.isTrusted == true { return nil }
            guard let project = snapshot.projects[task.key.project] else { return nil }
            if isTrusted(task, project: project, writers: snapshot.writers[project.id] ?? []) {
                return .admit(task.key)
            }
            // Where the tracker could not be asked, a missing permission says nothing,
            // and “no” is said only once.
            guard task.isTrusted == nil, !snapshot.unreachable.contains(project.id) else { return nil }
            return .ignore(task.key, author: task.author)
        }
    }

    /// Owner, allow-list, or confirmed write access; internal tasks come from whoever owns the store.
    package static func isTrusted(_ task: AgentTask, project: Project, writers: Set<String>) -> Bool {
        task.key.backend == .internal || mayDrive(task.author, project: project, writers: writers)
    }

    /// Logins are compared as GitHub does, without regard to case.
    package static func mayDrive(_ login: String, project: Project, writers: Set<String>) -> Bool {
        let login = login.lowercased()
        if login.isEmpty || login.hasSuffix("[bot]") && !isListed(login, in: project) { return false }
        if project.settings.github.repository?.owner.lowercased() == login { return true }
        return isListed(login, in: project) || writers.contains { $0.lowercased() == login }
    }

    private static func isListed(_ login: String, in project: Project) -> Bool {
        project.settings.workflow.allowedAuthors.contains { $0.lowercased() == login }
    }
}
