import OrchCore

extension ReviewHost {
    /// The folder of the agent, which holds nothing.
    private var folder: String { "\(run.directory)/work" }

    /// The prompt as it was rendered, by this host or an earlier one: what is said on the pull request
    /// later does not reach the agent.
    ///
    /// - Returns: nil where the pull request is not open at that commit any more.
    func preparePrompt(
        of round: ReviewRound, from forge: any PullRequests
    ) throws -> AgentRequest? {
        let result = try perform(.prompt) { _ in
            guard let pull = try patiently({ try forge.pull(number) }), pull.commit == round.commit else {
                return Self.gone
            }
            let limit = project.settings.workflow.review.diffLimit
            let diff = try patiently { try forge.diff(of: number, lines: limit) }
            if diff.text.allSatisfy(\.isWhitespace) { return Self.gone }
            try ports.files.write(pull.title.firstLine, to: Self.titleFile)
            if !pull.isFromFork { try ports.files.write(pull.head, to: Self.branchFile) }
            try ports.files.write(try ports.prompt("pr_review", variables(of: pull, diff)), to: "message.md")
            return ""
        }
        guard result != Self.gone else { return nil }
        let path = "\(run.directory)/message.md"
        guard let message = try ports.files.read(path: path, limit: RunHost.promptLimitBytes) else {
            throw PromptError.gone(path: path)
        }
        try ports.files.makeDirectory(folder)
        return request(message)
    }

    private static let gone = "gone"
    /// What the steps after the agent need to know of the pull request.
    static let titleFile = "title.txt"
    static let branchFile = "branch.txt"

    /// A line of a diff may be a whole minified file.
    private static let diffLimitBytes = 2 << 20
    private static let bodyLimitBytes = 32 << 10

    private func variables(of pull: TrackedPullRequest, _ diff: PullDiff) -> [String: String] {
        let text = diff.text.clipped(toBytes: Self.diffLimitBytes)
        return [
            "PR_NUMBER": "\(pull.number)", "PR_TITLE": HiddenComments.removed(from: pull.title).firstLine,
            "PR_BODY": HiddenComments.removed(from: pull.body).clipped(toBytes: Self.bodyLimitBytes),
            "PR_AUTHOR": pull.author, "REPO": project.settings.github.repository?.description ?? project.name,
            "GIT_DIFF": text,
            "DIFF_LIMIT": diff.isCut || text != diff.text
                ? "\(project.settings.workflow.review.diffLimit)" : "",
        ]
    }

    private func request(_ message: String) -> AgentRequest {
        let places = AgentRequest.Places(
            worktree: folder, mainDirectory: project.directory, attemptDirectory: run.directory,
            answerPath: "\(folder)/answer.json")
        var request = AgentRequest(
            agent: run.agent, model: run.model, systemPrompt: "", message: message,
            settings: readingSettings(in: project), places: places)
        request.taskID = run.task.id
        return request
    }

    // MARK: - The agent

    /// Stays with the agent until it is over, one that an earlier host started included.
    func work(_ request: AgentRequest, adapter: any AgentAdapter) throws -> AgentReport {
        if try store.step(.agent, of: run.id) == .notBegun {
            audit("start", "review of pull request \(number) by \(run.agent)")
            try ports.files.write(now.iso8601, to: Self.startFile)
        }
        var report: AgentReport?
        _ = try perform(.agent) { _ in
            let ended = try watch(request, adapter: adapter, mayStart: true)
            report = ended
            return ended.failure?.word ?? "answered"
        }
        return try report ?? watch(request, adapter: adapter, mayStart: false)
    }

    private static let startFile = "started-at.txt"

    private func watch(
        _ request: AgentRequest, adapter: any AgentAdapter, mayStart: Bool
    ) throws -> AgentReport {
        let start =
            try ports.files.read(path: "\(run.directory)/\(Self.startFile)", limit: 64)
            .flatMap { Timestamp(iso8601: $0) } ?? run.startedAt
        let limits = RunLimits(
            workflow: project.settings.workflow, complexity: .assumed, elapsed: now.since(start),
            uptime: ports.uptime())
        let facts = [
            "ORCH_RUN": "\(run.id.rawValue)", "ORCH_PULL_REQUEST": "\(number)",
            "ORCH_ANSWER_FILE": request.answerPath, "ORCH_WORKTREE": request.worktree,
            "GIT_TERMINAL_PROMPT": "0",
        ]
        let environment = ports.environment(adapter, request.settings).merging(facts) { _, fact in fact }
        var watch = AgentWatch(
            host: self, adapter: adapter, environment: environment, limits: limits, mayStart: mayStart)
        return try watch.report(on: request)
    }

    /// The decision from the file that some agents write, else from the last words.
    func read(_ report: AgentReport) throws -> Result<ReviewAnswer, ReviewFailure> {
        _ = try perform(.answer) { _ in
            let text = try ports.files.read(path: "\(folder)/answer.json", limit: AnswerReading.limitBytes)
            let words = ports.redaction.apply(to: text ?? report.finalText ?? "")
            try ports.files.write(words, to: "response.txt")
            return ""
        }
        if !report.isPlain, let failure = failure(of: report) { return .failure(failure) }
        let path = "\(run.directory)/response.txt"
        let text = try ports.files.read(path: path, limit: 2 * AnswerReading.limitBytes) ?? ""
        do throws(ReviewError) {
            return .success(try ReviewReading.answer(in: text))
        } catch {
            return .failure(
                failure(of: report) ?? ReviewFailure(kind: .invalidAnswer, message: error.problem))
        }
    }

    private func failure(of report: AgentReport) -> ReviewFailure? {
        report.failure.map { failure in
            let said = ports.redaction.apply(to: report.message)
            return ReviewFailure(
                kind: failure, message: FailureText.sentence(for: failure, agent: run.agent, said: said))
        }
    }
}
