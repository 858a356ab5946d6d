/// What orch knows, kept across invocations. Every call is one transaction, and what it says outlives any
/// process when it returns; where an effect must not be repeated, a power cut too.
///
/// Invariants live in the schema, so no caller can break them: at most one live run a task, run ids that only
/// rise, keys that carry the project.
package protocol Store: AnyObject, RequestMemory, FireLog, PullLog, CardLog, HeardLog, Inbox, NoticeLog,
    PauseLog, ThreadLog, WatchLog
{
    /// Eight hexadecimal digits, another in every new file: with it a run's id is unique
    /// outside of the store too.
    func instance() throws(StoreError) -> String

    /// Runs the closure in one write transaction: what it reads stays true until it has written, and a
    /// closure that throws leaves no trace.
    func atomically<Value>(_ work: () throws -> Value) throws -> Value

    /// A number that is another than before once another connection has changed anything; this store's own
    /// changes do not count.
    func changeStamp() throws(StoreError) -> Int

    // Tasks

    /// What a tick looks at: not closed and not done, in the order in which tasks are taken.
    func openTasks(of project: Project.ID) throws(StoreError) -> [AgentTask]
    /// All tasks of a project, or of one status, newest change first.
    func tasks(of project: Project.ID, status: TaskStatus?, limit: Int) throws(StoreError) -> [AgentTask]
    /// How many tasks of a project there are by status; closed ones count as done, absent is none.
    func counts(of project: Project.ID) throws(StoreError) -> [TaskStatus: Int]
    func task(_ key: TaskKey) throws(StoreError) -> AgentTask?
    /// The task of a pull request, by its web address.
    func task(ofPullRequest url: String, in project: Project.ID) throws(StoreError) -> AgentTask?
    /// The text as it stood when the task became trusted, or as last seen before that; nil
    /// where there is no such task.
    func body(of key: TaskKey) throws(StoreError) -> String?
    /// Inserts the task or replaces what the store knows of it; a nil body keeps the stored one, as does any
    /// for a task that was trusted and still is.
    func save(_ tasks: [(task: AgentTask, body: String?)], cursor: (name: String, value: String)?)
        throws(StoreError)
    /// Changes some fields of one task and leaves the others as they are. False where there is no such task.
    @discardableResult
    func change(_ key: TaskKey, _ changes: [TaskChange]) throws(StoreError) -> Bool
    /// Makes an internal task; a draft whose non-empty key is known is found, not made again.
    func createInternalTask(_ draft: TaskDraft, in project: Project.ID, now: Timestamp) throws(StoreError)
        -> TaskKey
    /// Finished tasks whose worktree may still be there, oldest change first, at most a thousand.
    func finishedTasks(of project: Project.ID) throws(StoreError) -> [AgentTask]
    /// Forgets how runs went that ended before then, and what jobs and people did; what it came to stays.
    func forget(before moment: Timestamp, in project: Project.ID) throws(StoreError)
    /// Children by `parent`, done ones included.
    func children(of key: TaskKey) throws(StoreError) -> [AgentTask]

    // Comments of internal tasks

    /// Adds a comment, or finds the one with that key.
    func addComment(_ text: String, by author: String, to key: TaskKey, commentKey: String, now: Timestamp)
        throws(StoreError) -> String
    /// The newest `limit`, oldest first.
    func comments(on key: TaskKey, limit: Int) throws(StoreError) -> [TrackedComment]

    // Runs

    /// Runs that are live or ended but not collected, by id.
    func openRuns() throws(StoreError) -> [Run]
    func run(_ id: Run.ID) throws(StoreError) -> Run?
    /// What a project's agents have consumed so far.
    func expense(of project: Project.ID) throws(StoreError) -> Expense
    /// The same by agent, of the runs that began since then; who consumed most comes first.
    func expenses(of project: Project.ID, since moment: Timestamp) throws(StoreError) -> [AgentExpense]
    /// How the agents did in the newest runs, those since this moment.
    func agentRecords(since moment: Timestamp) throws(StoreError) -> [AgentName: AgentRecord]
    /// The newest runs of a task first.
    func runs(of key: TaskKey, limit: Int) throws(StoreError) -> [Run]
    /// Records a new run and what it does to its task, in one transaction; the
    /// attempt's folder is `root/RUN-ID`.
    /// - Returns: nil where the task has a live run already: somebody else was
    ///   faster, and nothing was changed.
    func beginRun(_ draft: RunDraft, changing changes: [TaskChange]) throws(StoreError) -> Run?
    /// Makes `owner` the run's host if `expected` still is.
    /// - Returns: false where the run is over or somebody else took it.
    func setHost(_ owner: Owner, of id: Run.ID, expecting expected: Owner?) throws(StoreError) -> Bool
    /// Moves a live run on; false where it is not in `from` any more.
    func move(_ id: Run.ID, from: Run.State, to: Run.State) throws(StoreError) -> Bool
    /// Facts of a live run, as they become known; nil leaves a fact as it is.
    func note(_ id: Run.ID, session: String?, branch: String?, worktree: String?, model: String?)
        throws(StoreError)
    func noteUsage(_ usage: Usage, of id: Run.ID) throws(StoreError)
    /// Ends a live run; false where it is over already, and nothing is changed.
    func endRun(_ id: Run.ID, outcome: RunOutcome, now: Timestamp) throws(StoreError) -> Bool
    /// Draws the consequences of an ended run, in one transaction; false where another tick did.
    func collectRun(_ id: Run.ID, changing changes: [TaskChange]) throws(StoreError) -> Bool
    /// Counts one take-over; how many there have been.
    /// - Throws: `.fenced` where the run is over.
    func countTakeover(_ id: Run.ID) throws(StoreError) -> Int

    // Steps: the outbox of a run

    func step(_ step: RunStep, of id: Run.ID) throws(StoreError) -> StepState
    /// Says that the act is about to happen.
    /// - Throws: `.fenced` where the run is not live or `owner` is not its host any more.
    func begin(_ step: RunStep, of id: Run.ID, owner: Owner, now: Timestamp) throws(StoreError)
    /// Says that the act has happened; an earlier result stays.
    func complete(_ step: RunStep, of id: Run.ID, result: String, now: Timestamp) throws(StoreError)

    // Words for a running agent, and the wish to stop it

    /// Leaves words for a run whose agent is still to hear them. False where that is over: what the agent did
    /// is being published, the run is asked to end, or has ended.
    func say(_ words: SaidWords, to id: Run.ID, now: Timestamp) throws(StoreError) -> Bool
    /// Undelivered words, oldest first, at most `limit`.
    func pendingWords(for id: Run.ID, limit: Int) throws(StoreError) -> [(id: Int, words: String)]
    func markDelivered(_ id: Int, now: Timestamp) throws(StoreError)
    /// Asks for a live run's end. False where it is over.
    func requestStop(of id: Run.ID, by author: String) throws(StoreError) -> Bool
    func isStopRequested(_ id: Run.ID) throws(StoreError) -> Bool

    // Leases, cursors, breakers, audit

    /// Takes a named lease, also from an owner that `isGone` or whose time is up.
    func takeLease(_ name: String, owner: Owner, now: Timestamp, until: Timestamp, isGone: (Owner) -> Bool)
        throws(StoreError) -> Bool
    func releaseLease(_ name: String, owner: Owner) throws(StoreError)
    func cursor(_ name: String) throws(StoreError) -> String?
    func setCursor(_ name: String, to value: String) throws(StoreError)
    /// Agents that are not to be used for now.
    func breakers() throws(StoreError) -> [AgentName: Breaker]
    func setBreaker(_ breaker: Breaker?, of agent: AgentName) throws(StoreError)
    /// Appends to the log of who did what; never changed, never deleted.
    func audit(_ entry: AuditEntry) throws(StoreError)
    /// The newest `limit`, oldest first.
    func auditEntries(of key: TaskKey, limit: Int) throws(StoreError) -> [AuditEntry]

    /// nil: sound; else what SQLite's own check says, first lines.
    func integrityProblem() throws(StoreError) -> String?
}

package struct RunDraft: Equatable, Sendable {
    package var task: TaskKey
    package var kind: Run.Kind
    package var attempt = 1
    package var agent: AgentName
    package var model: String?
    /// Absolute; the attempt's folder is made below it.
    package var root: String
    package var now: Timestamp

    package init(task: TaskKey, kind: Run.Kind, agent: AgentName, root: String, now: Timestamp) {
        self.task = task
        self.kind = kind
        self.agent = agent
        self.root = root
        self.now = now
    }
}

extension Store {
    /// Leaves words that are new. False where nobody hears them any more.
    package func say(
        _ words: String, by author: String, to id: Run.ID, now: Timestamp
    ) throws(StoreError) -> Bool {
        try say(SaidWords(words, by: author), to: id, now: now)
    }
}

/// A person's words for an agent.
package struct SaidWords: Equatable, Sendable {
    package let text: String
    package let author: String
    /// Words of a request that is known are found, not left again; nil: these are always new.
    package let request: String?

    package init(_ text: String, by author: String, request: String? = nil) {
        self.text = text
        self.author = author
        self.request = request
    }
}

package struct AuditEntry: Equatable, Sendable {
    package let at: Timestamp
    /// Who: a login, `cli:USER`, `tick`, `run 17`.
    package let actor: String
    package let task: TaskKey?
    package let run: Run.ID?
    /// What, one word: `add`, `dispatch`, `collect`, `say`, `kill` …
    package let act: String
    package let detail: String

    package init(at: Timestamp, actor: String, task: TaskKey?, run: Run.ID?, act: String, detail: String) {
        self.at = at
        self.actor = actor
        self.task = task
        self.run = run
        self.act = act
        self.detail = detail
    }
}
