import JSON
import OrchAdapters
import OrchCore
import OrchEngine

/// What the model is told before each of a person's turns.
struct ChatPrompt {
    /// `chat` or `plan_chat`.
    let role: String
    let project: Project
    /// What is to be planned; nil in a conversation about anything.
    var plan: ChatAction.Draft?

    /// - Parameter message: the person's words; they come last, behind everything that the template says.
    func text(
        _ message: String, history: ChatHistory, status: JSONValue, _ context: Context
    ) throws -> String {
        let library = PromptLibrary(environment: context.environment, home: context.home.home)
        let surroundings = PromptContext(
            home: context.home, project: project,
            repository: try context.live().ports().repository(project),
            skills: try context.live().skills(of: project))
        let variables = [
            "PROJECT_DIR": project.directory, "STATUS_JSON": status.text(.pretty),
            "CHAT_HISTORY": history.text,
            "PLAN_TITLE": plan?.title ?? "", "PLAN_BODY": plan?.body ?? "",
            "PLAN_LABELS": plan?.labels.joined(separator: ",") ?? "",
            "REPO_TREE": plan == nil ? "" : surroundings.tree(in: project.directory),
            "PROJECT_INSTRUCTIONS": plan == nil ? "" : surroundings.instructions(in: project.directory),
        ]
        return try library.render(role, variables) + "\n\nUser message: \(message)"
    }
}
