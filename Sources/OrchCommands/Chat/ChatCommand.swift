import Arguments
import OrchAdapters
import OrchCore

/// `orch chat`: say in plain words what is to be done.
enum ChatCommand: Subcommand {
    static let table = CommandTable("chat", "Talk with an agent about the tasks here", group: "Working")
        .discussion(
            """
            The agent reads how things stand and picks one of orch's commands; it changes nothing itself. `exit`, \
            Ctrl-D or Ctrl-C twice ends it, and nothing of it is kept.
            """
        )
        .environment("CHAT_AGENT", "Who answers; else `router.agent`, else claude.")
        .environment("CHAT_MODEL", "With which model; else `router.model`.")

    static let answersInJSON = false

    static func run(_ context: Context) throws -> Int32 {
        try start(context, OwnVocabulary())
        return 0
    }

    static func start(_ context: Context, _ vocabulary: any ChatVocabulary) throws {
        let project = try context.project()
        let folder = try ChatFolder(in: context.home.state(ofProject: project.directory))
        let agent = try ChatAgent(of: project, context, folder: folder.path)
        Console.out("orchestrator chat (type 'exit' to quit)\n")
        var conversation = Conversation(
            ChatPrompt(role: "chat", project: project), vocabulary, with: agent, context)
        try conversation.run()
    }
}
