import Arguments
import OrchAdapters
import OrchCore

/// `orch plan`: split a goal into tasks, in a conversation.
enum PlanCommand: Subcommand {
    static let table = CommandTable("plan", "Plan with an agent, and record the tasks", group: "Working") {
        Positional("title", "What is to be reached, in a line")
        Positional("body", "More about it", .optional)
        Option("label", short: "l", "LABEL", "A label of every task (several: repeat it)").repeatable()
    }
    .discussion("Tasks are recorded when you approve the plan; it ends then.")
    .example("orch plan 'Sign in with GitHub' 'Next to passwords, not instead'", "A plan to talk about.")
    .environment("CHAT_AGENT", "Who plans; else `router.agent`, else claude.")
    .environment("CHAT_MODEL", "With which model; else `router.model`.")

    static let answersInJSON = false

    static func run(_ context: Context) throws -> Int32 {
        let arguments = context.arguments
        var plan = ChatAction.Draft(title: arguments.required("title"))
        plan.body = arguments.value("body") ?? ""
        plan.labels = arguments.values("label")
        try start(plan, context, OwnVocabulary())
        return 0
    }

    private static let opening =
        "Look at this request, and propose its parts, or ask what you need to know first."

    static func start(
        _ plan: ChatAction.Draft, _ context: Context, _ vocabulary: any ChatVocabulary
    ) throws {
        let project = try context.project()
        let folder = try ChatFolder(in: context.home.state(ofProject: project.directory))
        let agent = try ChatAgent(of: project, context, folder: folder.path)
        Console.out("orchestrator plan: \(plan.title.onOneLine)")
        Console.out("(type 'exit' to quit, approve the plan to create tasks)\n")
        var conversation = Conversation(
            ChatPrompt(role: "plan_chat", project: project, plan: plan), vocabulary, with: agent, context)
        try conversation.run(opening: opening)
    }
}
