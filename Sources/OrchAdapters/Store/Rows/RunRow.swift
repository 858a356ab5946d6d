import OrchCore
import SQLite

/// A row of `runs`.
enum RunRow {
    static let table = "runs"

    /// The condition of the index `runs_live`, word for word, without which SQLite would not use it.
    static let isLive = "state IN ('starting', 'running', 'publishing')"

    /// Whether its agent can still be told something: one that is to end, or has ended, hears nobody.
    static let isHearing = "state IN ('starting', 'running') AND stop_requested_by IS NULL"

    static let columns = """
        id, project, backend, task_id, kind, attempt, agent, model, state, root, started_at, \
        host_boot, host_pid, host_start, session, branch, worktree, takeovers, stop_requested_by, \
        input_tokens, output_tokens, cost_micro_dollars, ended_at, outcome_status, failure, \
        failure_detail, message, summary, pull_request
        """

    static func run(_ row: borrowing Row) throws(SQLiteError) -> Run {
        let id: Run.ID = try row.value(0, in: table)
        let draft = try draft(row)
        var run = Run(id: id, draft: draft, directory: directory(of: id, root: draft.root))
        run.state = try row.value(8, in: table)
        run.host = try Owner.read(row, from: 11, in: table)
        run.session = try row.optional(14, in: table)
        run.branch = try row.optional(15, in: table)
        run.worktree = try row.optional(16, in: table)
        run.takeovers = try row.value(17, in: table)
        let stoppedBy: String? = try row.optional(18, in: table)
        run.isStopRequested = stoppedBy != nil
        run.usage = Usage(
            inputTokens: try row.value(19, in: table), outputTokens: try row.value(20, in: table),
            costMicroDollars: try row.optional(21, in: table))
        run.endedAt = try row.optional(22, in: table)
        if run.endedAt != nil { run.outcome = try outcome(row) }
        return run
    }

    /// The attempt's own folder, which follows from its id and so is no other run's.
    static func directory(of id: Run.ID, root: String) -> String { "\(root)/\(id.rawValue)" }

    /// The run's task, from the first three columns.
    static func task(_ row: borrowing Row) throws(SQLiteError) -> TaskKey { try task(row, from: 0) }

    private static func task(_ row: borrowing Row, from first: Int) throws(SQLiteError) -> TaskKey {
        TaskKey(
            project: try row.value(first, in: table), backend: try row.value(first + 1, in: table),
            id: try row.value(first + 2, in: table))
    }

    private static func draft(_ row: borrowing Row) throws(SQLiteError) -> RunDraft {
        var draft = RunDraft(
            task: try task(row, from: 1), kind: try row.value(4, in: table),
            agent: try row.value(6, in: table),
            root: try row.value(9, in: table), now: try row.value(10, in: table))
        draft.attempt = try row.value(5, in: table)
        draft.model = try row.optional(7, in: table)
        return draft
    }

    private static func outcome(_ row: borrowing Row) throws(SQLiteError) -> RunOutcome {
        var outcome = RunOutcome(
            status: try row.value(23, in: table), message: try row.value(26, in: table),
            summary: try row.value(27, in: table), pullRequest: try row.optional(28, in: table))
        let word: String? = try row.optional(24, in: table)
        guard let word else { return outcome }
        let detail: String? = try row.optional(25, in: table)
        guard let failure = AgentFailure(word: word, detail: detail) else {
            throw .unknownValue(.text(word), in: "runs.failure (detail \(detail ?? "NULL"))")
        }
        outcome.failure = failure
        return outcome
    }
}
