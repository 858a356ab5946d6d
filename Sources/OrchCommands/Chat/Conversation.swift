import JSON
import OrchAdapters
import OrchCore
import Platform
import Subprocess

/// A conversation with an agent about a project: a person's words, the agent's answer, and what it wants
/// done.
///
/// 1. Read a line. 2. Ask the agent. 3. Show what it says. 4. Do what it asks for, by a command of this
/// program's. Whatever fails is said, and the next line is read.
struct Conversation {
    let context: Context
    let project: Project
    let prompt: ChatPrompt
    let vocabulary: any ChatVocabulary
    let agent: ChatAgent
    private var history = ChatHistory()
    private var input = ChatInput()
    private var interruptedAt: MonotonicTime?

    private static let farewells: Set = ["exit", "quit", "q", "bye"]
    /// A second Ctrl-C so soon after the first one means it.
    private static let insistence: Duration = .seconds(2)

    enum Next { case goOn, end }

    init(
        _ prompt: ChatPrompt, _ vocabulary: any ChatVocabulary, with agent: ChatAgent, _ context: Context
    ) {
        self.context = context
        self.prompt = prompt
        project = prompt.project
        self.vocabulary = vocabulary
        self.agent = agent
    }

    /// - Parameter opening: what is asked before the person says anything.
    mutating func run(opening: String? = nil) throws {
        if let opening, turn(opening) == .end { return }
        while true {
            switch try input.next() {
            case .ended: return Console.out("")
            case .interrupted:
                Console.out("")
                let now = MonotonicTime.now()
                if let last = interruptedAt, now - last <= Self.insistence { return Console.out("Goodbye!") }
                interruptedAt = now
                Console.out("(Press Ctrl-C again to exit)")
            case .said(let words):
                if words.isEmpty { continue }
                if Self.farewells.contains(words) { return Console.out("Goodbye!") }
                if turn(words) == .end { return }
            }
        }
    }

    private mutating func turn(_ words: String) -> Next {
        guard let answer = answer(to: words) else {
            history.add(user: words, assistant: "(error: no response)")
            return .goOn
        }
        guard let reply = ChatReply(answer) else {
            Console.out(Printable.text(answer))
            history.add(user: words, assistant: answer)
            return .goOn
        }
        if !reply.words.isEmpty { Console.out(Printable.text(reply.words)) }
        history.add(user: words, assistant: "[\(reply.action)] \(reply.words)")
        do {
            return try perform(try ChatAction(reply))
        } catch {
            _ = ErrorPrinter(terminal: context.terminal).report(error)
            return .goOn
        }
    }

    private func answer(to words: String) -> String? {
        do {
            let status = try vocabulary.status(context, project)
            let question = try prompt.text(words, history: history, status: status, context)
            return try thinking { try agent.ask(question) }
        } catch {
            Console.out("Sorry, I couldn't get a response. Please try again.")
            _ = ErrorPrinter(terminal: context.terminal).report(error)
            return nil
        }
    }

    private func perform(_ action: ChatAction) throws -> Next {
        switch action {
        case .answer: return .goOn
        case .quickTask(let prompt):
            let limit = project.settings.workflow.timeout
            let answer = try thinking {
                try agent.ask(prompt, timeout: limit > .zero ? limit : Self.longestTask)
            }
            Console.out("\n" + Printable.text(answer))
            return .goOn
        case .createTasks(let drafts):
            return create(drafts)
        default:
            guard let words = vocabulary.words(for: action) else { return .goOn }
            Console.out("")
            // Whether it worked, it has said itself.
            _ = command(words)
            return .goOn
        }
    }

    /// Where the workflow has no limit.
    private static let longestTask: Duration = .seconds(3600)

    /// One part that cannot be recorded does not keep the others back; then the conversation goes on.
    private func create(_ drafts: [ChatAction.Draft]) -> Next {
        guard !drafts.isEmpty else {
            Console.out("No tasks to create.")
            return .end
        }
        let common = prompt.plan?.labels ?? []
        let created = drafts.filter { draft in
            var draft = draft
            draft.labels = common + draft.labels.filter { !common.contains($0) }
            return vocabulary.words(for: .addTask(draft)).map(command) == 0
        }
        Console.out("")
        guard created.count == drafts.count else {
            Console.out("Created \(created.count) of \(drafts.count) tasks.")
            return .goOn
        }
        Console.out("Created \(created.count) task(s).")
        return .end
    }

    private func command(_ words: [String]) -> Int32 {
        var environment = context.environment
        environment["PROJECT_DIR"] = project.directory
        return Program.run(words, environment: environment)
    }

    private func thinking<Value>(_ work: () throws -> Value) rethrows -> Value {
        guard context.terminal.isStyled else { return try work() }
        Console.raw(context.terminal.dim("Thinking …"))
        defer { Console.raw("\r\u{1B}[K") }
        return try work()
    }
}
