/// What people who may drive say on tasks: slash commands, and plain words that an agent has not seen yet.
/// Nobody else is heard.
package enum CommandsRule {
    /// What the phase has seen of one project.
    package struct Picture: Equatable, Sendable {
        /// Comments on tasks that were not dealt with, oldest first.
        package var said: [Said] = []
        /// Logins among their authors that may drive orch.
        package var drivers: Set<String> = []
        /// How many comments were acted on in the last hour, by thread.
        package var lately: [String: Int] = [:]
        /// Commands that were obeyed and not answered.
        package var unanswered: [HeardComment] = []

        package init() {}
    }

    /// A comment, and what it was said about.
    package struct Said: Equatable, Sendable {
        package let comment: ThreadComment
        package let meaning: CommentReading.Meaning
        package let task: AgentTask
        /// When the task's newest run began; nil where there was none.
        package var lastRunAt: Timestamp?
        /// An agent works on it now, or what it did is being published.
        package var isRunning = false
        /// It waits for parts that are not done.
        package var waitsForChildren = false

        package init(comment: ThreadComment, meaning: CommentReading.Meaning, task: AgentTask) {
            self.comment = comment
            self.meaning = meaning
            self.task = task
        }

        /// Names what is said to an agent for it, so that it is said once. Two projects of one repository
        /// each have an agent to tell.
        package var request: String { "comment-\(comment.comment.id) in \(task.key.project.rawValue)" }
    }

    /// As for mentions: what comes faster is no person.
    package static let threadLimit = 20

    package static func decide(_ picture: Picture) -> [Step] {
        var lately = picture.lately
        let steps = picture.said.compactMap { said -> Step? in
            guard let step = step(for: said, in: picture, lately: lately) else { return nil }
            if case .refuse = step { return step }
            lately[said.comment.thread, default: 0] += 1
            return step
        }
        return picture.unanswered.map(Step.answer) + steps
    }

    private static func step(for said: Said, in picture: Picture, lately: [String: Int]) -> Step? {
        let author = said.comment.comment.author
        switch said.meaning {
        case .mention, .nothing: return nil
        case .command(let command):
            if let reason = objection(to: said, author, picture, lately) {
                return .refuse(said, .command, reason)
            }
            return .obey(said, command)
        case .words:
            // Who may not drive may well talk: that is nothing to tell of.
            guard picture.drivers.contains(author), let way = way(of: said) else { return nil }
            if let reason = objection(to: said, author, picture, lately) {
                return .refuse(said, .feedback, reason)
            }
            return .heed(said, way)
        }
    }

    private static func objection(
        to said: Said, _ author: String, _ picture: Picture, _ lately: [String: Int]
    ) -> String? {
        guard picture.drivers.contains(author) else { return "“\(author)” may not drive orch here" }
        guard lately[said.comment.thread, default: 0] >= threadLimit else { return nil }
        return "\(threadLimit) comments of this thread were acted on within an hour"
    }

    /// How plain words reach an agent; nil where none is meant: it begins anyway, and reads them then; it has
    /// read them; the issue is closed, which only `/retry` undoes; or they are about a pull request, where
    /// `reviews` hears them.
    private static func way(of said: Said) -> Way? {
        let task = said.task
        if said.comment.isOnPullRequest || task.isClosed || task.isTrusted != true { return nil }
        if let began = said.lastRunAt, said.comment.comment.createdAt < began { return nil }
        if said.isRunning { return .tell }
        switch task.status {
        case .new, .routed, .inProgress: return nil
        case .blocked: return said.waitsForChildren ? nil : .restart
        case .done, .inReview, .needsReview: return .restart
        }
    }

    package enum Way: Equatable, Sendable {
        /// The agent at work is told.
        case tell
        /// The same agent goes on with the task.
        case restart
    }

    package enum Step: SyncStep, Equatable {
        case obey(Said, SlashCommand)
        case heed(Said, Way)
        case answer(HeardComment)
        case refuse(Said, HeardComment.Act, String)

        package var task: TaskKey? {
            switch self {
            case .obey(let said, _), .heed(let said, _), .refuse(let said, _, _): said.task.key
            case .answer(let heard): heard.task
            }
        }

        package var sentence: String {
            switch self {
            case .obey(let said, let command): "`/\(command.name)` by “\(said.comment.comment.author)”"
            case .heed(let said, .tell): "its agent is told what “\(said.comment.comment.author)” says"
            case .heed(let said, .restart): "goes on with what “\(said.comment.comment.author)” says"
            case .answer(let heard): "comment \(heard.id) is answered"
            case .refuse(let said, _, let reason):
                "comment \(said.comment.comment.id) not acted on: \(reason)"
            }
        }
    }
}
