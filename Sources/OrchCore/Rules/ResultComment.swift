/// The comment that shows a run's result on its task, in v0's structured form.
package struct ResultComment: Sendable {
    /// Marks every comment of this kind; v0's scripts look for it.
    package static let marker = "<!-- orch:agent-response -->"
    /// GitHub refuses bodies over 65,536 characters; the rest is left for what a tracker adds.
    package static let limitBytes = 60_000

    package var agent: AgentName
    package var model: String?
    package var attempt: Int
    package var status: TaskStatus
    package var summary = ""
    package var reason = ""
    package var answer: AgentAnswer?
    package var duration: Duration = .zero
    package var usage = Usage()
    /// What the agent's own rules refused it, one line each.
    package var denials: [String] = []
    package var promptHash = ""
    package var pullRequest: String?
    /// Whom to call where a person is needed, by login; empty: nobody.
    package var owner = ""
    /// The children that the task waits for.
    package var waitsFor: [String] = []

    /// More tell nobody more.
    private static let denialLimit = 10

    package init(agent: AgentName, attempt: Int, status: TaskStatus) {
        self.agent = agent
        self.attempt = attempt
        self.status = status
    }

    private var needsPerson: Bool {
        status == .needsReview || (status == .blocked && waitsFor.isEmpty)
    }

    /// The comment as it is posted.
    ///
    /// - Parameter text: cleans everything, before it is cut to what GitHub takes.
    package func text(_ text: PublicText) -> String {
        var parts = ["## \(badge) \(heading)", table]
        if needsPerson || summary.firstLine != summary { parts.append(summary) }
        parts += [errors, Self.section("Accomplished", answer?.accomplished ?? [])]
        parts += [Self.section("Remaining", answer?.remaining ?? [])]
        parts += [Self.section("Files Changed", (answer?.filesChanged ?? []).map { "`\($0)`" })]
        if needsPerson { parts.append("> ⚠️ This task needs your attention.") }
        let suffix = model.map { " using model `\($0)`" } ?? ""
        let footer = "---\n*By \(agent)[bot]\(suffix) via [Orchestrator](\(Self.home))*"
        let body = text.clean(parts.filter { !$0.isEmpty }.joined(separator: "\n\n"))
        let parting = (needsPerson ? call : "") + text.clean(footer)
        return "\(Self.marker)\n\(body.clipped(toBytes: Self.limitBytes))\n\n\(parting)"
    }

    /// The one mention in what orch writes that reaches somebody: the configuration names them, and no agent.
    private var call: String { Self.isLogin(owner) ? "@\(owner)\n\n" : "" }

    /// GitHub's own rule: letters, digits and single hyphens, 39 at most.
    private static func isLogin(_ text: String) -> Bool {
        (1...39).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
    }

    /// Where v0's comments link to, which its own scripts recognise them by.
    package static let home = "https://github.com/gabrielkoerich/orchestrator"

    private var heading: String {
        if needsPerson { return "Needs Help" }
        if !summary.isEmpty { return summary.firstLine }
        // v0 says nothing at all about a run that has nothing to say; its pull request would go unseen.
        return status == .inProgress ? "In Progress" : "Done"
    }

    private var badge: String {
        switch agent {
        case .claude: "🤖 🟣 Claude"
        case .codex: "🤖 🟢 Codex"
        case .opencode: "🤖 🔵 OpenCode"
        default: "🤖 \(agent)"
        }
    }

    private var table: String {
        var rows = [("Status", "`\(status.rawValue)`"), ("Agent", agent.rawValue)]
        if let model { rows.append(("Model", "`\(model)`")) }
        rows.append(("Attempt", String(attempt)))
        if duration.wholeSeconds > 0 { rows.append(("Duration", duration.brief)) }
        if usage.inputTokens > 0 {
            rows.append(
                ("Tokens", "\(Self.short(usage.inputTokens)) in / \(Self.short(usage.outputTokens)) out"))
        }
        if !promptHash.isEmpty { rows.append(("Prompt", "`\(promptHash)`")) }
        if let pullRequest { rows.append(("Pull request", pullRequest)) }
        if !waitsFor.isEmpty { rows.append(("Waits for", waitsFor.joined(separator: ", "))) }
        return "| | |\n|---|---|\n" + rows.map { "| **\($0.0)** | \($0.1) |" }.joined(separator: "\n")
    }

    private var errors: String {
        let blockers = answer?.blockers ?? []
        guard !reason.isEmpty || !blockers.isEmpty || !denials.isEmpty else { return "" }
        var parts = ["### Errors & Blockers"]
        if !reason.isEmpty { parts.append("**Reason:** \(reason)") }
        if !blockers.isEmpty { parts.append(blockers.map { "- \($0)" }.joined(separator: "\n")) }
        if !denials.isEmpty {
            let shown = denials.prefix(Self.denialLimit).map { "- refused: \($0)" }
            let more = denials.count - shown.count
            parts.append((shown + (more > 0 ? ["- and \(more) more"] : [])).joined(separator: "\n"))
        }
        return parts.joined(separator: "\n\n")
    }

    static func section(_ title: String, _ items: [String]) -> String {
        items.isEmpty ? "" : "### \(title)\n\n" + items.map { "- \($0)" }.joined(separator: "\n")
    }

    /// `999`, `12k`.
    private static func short(_ count: Int) -> String { count >= 1000 ? "\(count / 1000)k" : String(count) }
}
