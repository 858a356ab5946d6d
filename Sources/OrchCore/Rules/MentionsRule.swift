/// Who calls orch by name in a thread gets an answer there: the mention becomes a task, acknowledged once,
/// and what comes of the task is shown where it was asked for.
package enum MentionsRule {
    /// What the phase has seen of one project.
    package struct Picture: Equatable, Sendable {
        /// Comments that call orch and were not dealt with, oldest first.
        package var calls: [ThreadComment] = []
        /// Logins among their authors that may drive orch.
        package var drivers: Set<String> = []
        /// The threads of those authors' comments, by number.
        package var threads: [String: CommentThread] = [:]
        /// How many comments were acted on in the last hour, by thread.
        package var lately: [String: Int] = [:]
        /// Mentions whose task has come to something that was not shown.
        package var results: [Upshot] = []
        /// Mentions whose task is over, with nothing more to be shown.
        package var over: [HeardComment] = []

        package init() {}
    }

    /// What a mention's task has come to.
    package struct Upshot: Equatable, Sendable {
        package let mention: HeardComment
        package let task: AgentTask
        package let run: Run.ID

        package init(mention: HeardComment, task: AgentTask, run: Run.ID) {
            self.mention = mention
            self.task = task
            self.run = run
        }
    }

    /// Bots that answer each other do so without end; people do not ask for more.
    package static let threadLimit = 5
    package static let projectLimit = 30

    package static func decide(_ picture: Picture) -> [Step] {
        var lately = picture.lately
        let heard = picture.calls.map { call -> Step in
            if let reason = objection(to: call, in: picture, lately: lately) {
                return .refuse(call, reason: reason)
            }
            lately[call.thread, default: 0] += 1
            return .take(call)
        }
        return heard + picture.results.map(Step.show) + picture.over.map(Step.settle)
    }

    private static func objection(
        to call: ThreadComment, in picture: Picture, lately: [String: Int]
    ) -> String? {
        let author = call.comment.author
        guard picture.drivers.contains(author) else { return "“\(author)” may not drive orch here" }
        guard let thread = picture.threads[call.thread] else { return "its thread is gone" }
        if thread.isClosed { return "its thread is closed" }
        if lately[call.thread, default: 0] >= threadLimit {
            return "\(threadLimit) comments of this thread were acted on within an hour"
        }
        let all = lately.values.reduce(0, +)
        return all >= projectLimit ? "\(projectLimit) comments were acted on within an hour" : nil
    }

    package enum Step: SyncStep, Equatable {
        case take(ThreadComment)
        case refuse(ThreadComment, reason: String)
        case show(Upshot)
        case settle(HeardComment)

        package var task: TaskKey? {
            switch self {
            case .take, .refuse: nil
            case .show(let result): result.task.key
            case .settle(let mention): mention.task
            }
        }

        package var subject: String {
            switch self {
            case .take(let call), .refuse(let call, _): "comment \(call.comment.id) on #\(call.thread)"
            case .show(let result): "task \(result.task.key.id)"
            case .settle(let mention): "comment \(mention.id) on #\(mention.thread)"
            }
        }

        package var sentence: String {
            switch self {
            case .take(let call): "“\(call.comment.author)” calls; becomes a task"
            case .refuse(_, let reason): "not acted on: \(reason)"
            case .show(let result): "its result is shown on #\(result.mention.thread)"
            case .settle: "its task is over"
            }
        }
    }
}

// MARK: - Texts

extension MentionsRule {
    /// v0's label for such tasks.
    package static let label = "mention"

    /// More of a thread is not quoted to the agent.
    private static let threadLimitBytes = 20_000

    /// The task that a mention becomes: the words of people who may drive, and nobody else's. What their
    /// readers do not see goes before anything is cut, or half a hidden comment would hide all that follows.
    ///
    /// - Parameters:
    ///   - thread: where it was said.
    ///   - isTrusted: whether the thread's own author may drive, so that an agent may read it.
    package static func draft(
        of call: ThreadComment, in thread: CommentThread, isTrusted: Bool, earlier: [TrackedComment]
    ) -> TaskDraft {
        let kind = thread.isPullRequest ? "pull request" : "issue"
        var parts = [
            """
            \(call.comment.author) has called you in a comment on \(kind) #\(thread.number) (\(call.url)):

            \(HiddenComments.removed(from: call.comment.body))

            Do what is asked there. What you say in your summary is shown in that thread; where only an answer is wanted, \
            change nothing and let the summary be the answer. Do not call anybody by `@name`.
            """
        ]
        if isTrusted {
            let text = HiddenComments.removed(from: thread.body).clipped(toBytes: threadLimitBytes)
            parts.append("## What the \(kind) says: \(thread.title.firstLine)\n\n\(text)")
        }
        if !earlier.isEmpty {
            let said = earlier.map { "### \($0.author)\n\(HiddenComments.removed(from: $0.body))" }
                .joined(separator: "\n\n")
            parts.append("## What was said there\n\n\(said.clipped(toBytes: threadLimitBytes))")
        }
        var draft = TaskDraft(
            title: "Respond to @orchestrator mention in #\(thread.number)",
            body: parts.joined(separator: "\n\n"), labels: [label, Labels.noCode])
        draft.key = "mention-\(call.comment.id)"
        draft.firstTry = call.comment.createdAt
        return draft
    }

    /// Said in the thread when the task is made.
    package static func acknowledgement(of task: TaskKey) -> String {
        "👀 On it: task \(reference(to: task)).\n\n\(footer)"
    }

    /// What the thread is shown of a run's result.
    ///
    /// - Parameter text: cleans everything, before it is cut to what GitHub takes.
    package static func text(
        of task: TaskKey, _ status: TaskStatus, _ outcome: RunOutcome, _ text: PublicText
    ) -> String {
        var parts = ["Mention task: \(reference(to: task)): `\(status.rawValue)`"]
        if !outcome.summary.isEmpty { parts.append(outcome.summary) }
        if !outcome.message.isEmpty { parts.append("> ⚠️ \(outcome.message)") }
        if let url = outcome.pullRequest { parts.append("Pull request: \(url)") }
        let body = text.clean(parts.joined(separator: "\n\n")).clipped(toBytes: ResultComment.limitBytes)
        return "\(body)\n\n\(footer)"
    }

    /// An issue is linked by its number; a local task has no page.
    private static func reference(to task: TaskKey) -> String {
        task.backend == .github ? "#\(task.id)" : task.id
    }

    static let footer = "---\n*via [Orchestrator](\(ResultComment.home))*"
}
