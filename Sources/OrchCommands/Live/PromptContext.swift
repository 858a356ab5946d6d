import JSON
import OrchAdapters
import OrchCore
import Platform

/// What a prompt brings along from disk: notes on the task and its role, the project's
/// own instructions, its files.
struct PromptContext {
    let home: HomePaths
    let project: Project
    let repository: any Repository
    let skills: SkillShelf

    /// A file over this is cut: a prompt is not the place for a book.
    private static let fileLimitBytes = 64 << 10
    /// One over this is left out: nobody meant it for a prompt.
    private static let readLimitBytes = 1 << 20
    /// As many paths as v0 lists.
    private static let treeLimit = 200
    private static let instructionFiles = ["CLAUDE.md", "AGENTS.md", "README.md"]

    func variables(for task: AgentTask, in worktree: Worktree) -> [String: String] {
        let role =
            Labels.value(of: Labels.rolePrefix, in: task.labels) ?? task.profile?.role
            ?? TaskProfile.standardRole
        return [
            "TASK_CONTEXT": [note("profile-\(role)"), note("task-\(task.key.id)")].filter { !$0.isEmpty }
                .joined(separator: "\n\n"),
            "PROJECT_INSTRUCTIONS": instructions(in: worktree.path), "REPO_TREE": tree(in: worktree.path),
            "SKILLS_DOCS": skills.documents(
                wanted(by: task), required: project.settings.workflow.requiredSkills),
            "AGENT_PROFILE_JSON": task.profile.map { $0.saysSomething ? $0.shown.text() : "" } ?? "",
        ]
    }

    func instructions(in directory: String) -> String {
        Self.instructionFiles.compactMap { name in
            text(at: "\(directory)/\(name)").map { "## \(name)\n\($0)" }
        }.joined(separator: "\n\n")
    }

    /// A tree that cannot be read is only missing from the prompt.
    func tree(in directory: String) -> String {
        (try? repository.files(in: directory, limit: Self.treeLimit))?.joined(separator: "\n") ?? ""
    }

    /// What routing has chosen, and what labels name.
    private func wanted(by task: AgentTask) -> [String] {
        let prefix = Labels.skillPrefix
        let labelled = task.labels.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        return (task.profile?.selectedSkills ?? project.settings.router.defaultSkills) + labelled
    }

    private func note(_ name: String) -> String { text(at: "\(home.contexts)/\(name).md") ?? "" }

    private func text(at path: String) -> String? {
        // A file that cannot be read is only missing from the prompt.
        guard let bytes = try? WholeFile.readRegular(path, limitBytes: Self.readLimitBytes), !bytes.isEmpty
        else {
            return nil
        }
        return String(decoding: bytes, as: UTF8.self).clipped(toBytes: Self.fileLimitBytes)
    }
}
