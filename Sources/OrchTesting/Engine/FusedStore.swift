package import OrchCore

/// A store that a dying process talks to.
package final class FusedStore: Store {
    let base: any Store
    private let fuse: Fuse

    package init(_ base: any Store, fuse: Fuse) {
        self.base = base
        self.fuse = fuse
    }

    func call<Value>(_ work: () throws(StoreError) -> Value) throws(StoreError) -> Value {
        try fuse.guarding(dead: StoreError.fenced(run: 0), work)
    }

    package func atomically<Value>(_ work: () throws -> Value) throws -> Value {
        let value = try base.atomically(work)
        guard fuse.pass() else { throw StoreError.fenced(run: 0) }
        return value
    }

    package func instance() throws(StoreError) -> String {
        try call { () throws(StoreError) in try base.instance() }
    }

    package func changeStamp() throws(StoreError) -> Int {
        try call { () throws(StoreError) in try base.changeStamp() }
    }

    package func openTasks(of project: Project.ID) throws(StoreError) -> [AgentTask] {
        try call { () throws(StoreError) in try base.openTasks(of: project) }
    }

    package func tasks(of project: Project.ID, status: TaskStatus?, limit: Int) throws(StoreError)
        -> [AgentTask]
    {
        try call { () throws(StoreError) in try base.tasks(of: project, status: status, limit: limit) }
    }

    package func counts(of project: Project.ID) throws(StoreError) -> [TaskStatus: Int] {
        try call { () throws(StoreError) in try base.counts(of: project) }
    }

    package func task(_ key: TaskKey) throws(StoreError) -> AgentTask? {
        try call { () throws(StoreError) in try base.task(key) }
    }

    package func expense(of project: Project.ID) throws(StoreError) -> Expense {
        try call { () throws(StoreError) in try base.expense(of: project) }
    }

    package func body(of key: TaskKey) throws(StoreError) -> String? {
        try call { () throws(StoreError) in try base.body(of: key) }
    }

    package func save(_ tasks: [(task: AgentTask, body: String?)], cursor: (name: String, value: String)?)
        throws(StoreError)
    {
        try call { () throws(StoreError) in try base.save(tasks, cursor: cursor) }
    }

    @discardableResult
    package func change(_ key: TaskKey, _ changes: [TaskChange]) throws(StoreError) -> Bool {
        try call { () throws(StoreError) in try base.change(key, changes) }
    }

    package func createInternalTask(_ draft: TaskDraft, in project: Project.ID, now: Timestamp)
        throws(StoreError)
        -> TaskKey
    {
        try call { () throws(StoreError) in try base.createInternalTask(draft, in: project, now: now) }
    }

    package func children(of key: TaskKey) throws(StoreError) -> [AgentTask] {
        try call { () throws(StoreError) in try base.children(of: key) }
    }

    package func addComment(
        _ text: String, by author: String, to key: TaskKey, commentKey: String, now: Timestamp
    ) throws(StoreError) -> String {
        try call { () throws(StoreError) in
            try base.addComment(text, by: author, to: key, commentKey: commentKey, now: now)
        }
    }

    package func comments(on key: TaskKey, limit: Int) throws(StoreError) -> [TrackedComment] {
        try call { () throws(StoreError) in try base.comments(on: key, limit: limit) }
    }

    package func recordFire(of job: TaskKey, due: Timestamp, now: Timestamp) throws(StoreError) -> Fire {
        try call { () throws(StoreError) in try base.recordFire(of: job, due: due, now: now) }
    }

    package func complete(_ fire: Fire, of job: TaskKey, effect: Fire.Effect) throws(StoreError) {
        try call { () throws(StoreError) in try base.complete(fire, of: job, effect: effect) }
    }

    package func fires(of job: TaskKey, limit: Int) throws(StoreError) -> [Fire] {
        try call { () throws(StoreError) in try base.fires(of: job, limit: limit) }
    }

    package func cards(of project: Project.ID, on board: String) throws(StoreError) -> [BoardCard] {
        try call { () throws(StoreError) in try base.cards(of: project, on: board) }
    }

    package func save(_ card: BoardCard) throws(StoreError) {
        try call { () throws(StoreError) in try base.save(card) }
    }

    package func pullRecords(of project: Project.ID) throws(StoreError) -> [PullRecord] {
        try call { () throws(StoreError) in try base.pullRecords(of: project) }
    }

    package func record(_ pull: PullRecord, in project: Project.ID) throws(StoreError) {
        try call { () throws(StoreError) in try base.record(pull, in: project) }
    }

    package func task(onBranch branch: String, of project: Project.ID) throws(StoreError) -> AgentTask? {
        try call { () throws(StoreError) in try base.task(onBranch: branch, of: project) }
    }

    package func reviewRounds(of pull: Int, in project: Project.ID) throws(StoreError) -> [ReviewRound] {
        try call { () throws(StoreError) in try base.reviewRounds(of: pull, in: project) }
    }

    package func reviewRound(of run: Run.ID) throws(StoreError) -> ReviewRound? {
        try call { () throws(StoreError) in try base.reviewRound(of: run) }
    }

    package func save(_ round: ReviewRound) throws(StoreError) {
        try call { () throws(StoreError) in try base.save(round) }
    }

    package func add(_ feedback: [Feedback], changing changes: [TaskChange]) throws(StoreError) -> Bool {
        try call { () throws(StoreError) in try base.add(feedback, changing: changes) }
    }

    package func feedback(of task: TaskKey) throws(StoreError) -> [(key: FeedbackKey, pull: Int)] {
        try call { () throws(StoreError) in try base.feedback(of: task) }
    }

    package func pendingFeedback(
        for task: TaskKey, before run: Run.ID, limit: Int
    ) throws(StoreError) -> [Feedback] {
        try call { () throws(StoreError) in try base.pendingFeedback(for: task, before: run, limit: limit) }
    }

    package func openRuns() throws(StoreError) -> [Run] {
        try call { () throws(StoreError) in try base.openRuns() }
    }

    package func run(_ id: Run.ID) throws(StoreError) -> Run? {
        try call { () throws(StoreError) in try base.run(id) }
    }

    package func agentRecords(since moment: Timestamp) throws(StoreError) -> [AgentName: AgentRecord] {
        try call { () throws(StoreError) in try base.agentRecords(since: moment) }
    }

    package func runs(of key: TaskKey, limit: Int) throws(StoreError) -> [Run] {
        try call { () throws(StoreError) in try base.runs(of: key, limit: limit) }
    }

    package func beginRun(_ draft: RunDraft, changing changes: [TaskChange]) throws(StoreError) -> Run? {
        try call { () throws(StoreError) in try base.beginRun(draft, changing: changes) }
    }

    package func setHost(_ owner: Owner, of id: Run.ID, expecting expected: Owner?) throws(StoreError) -> Bool
    {
        try call { () throws(StoreError) in try base.setHost(owner, of: id, expecting: expected) }
    }

    package func move(_ id: Run.ID, from: Run.State, to: Run.State) throws(StoreError) -> Bool {
        try call { () throws(StoreError) in try base.move(id, from: from, to: to) }
    }

    package func note(_ id: Run.ID, session: String?, branch: String?, worktree: String?, model: String?)
        throws(StoreError)
    {
        try call { () throws(StoreError) in
            try base.note(id, session: session, branch: branch, worktree: worktree, model: model)
        }
    }

    package func noteUsage(_ usage: Usage, of id: Run.ID) throws(StoreError) {
        try call { () throws(StoreError) in try base.noteUsage(usage, of: id) }
    }

    package func endRun(_ id: Run.ID, outcome: RunOutcome, now: Timestamp) throws(StoreError) -> Bool {
        try call { () throws(StoreError) in try base.endRun(id, outcome: outcome, now: now) }
    }

    package func collectRun(_ id: Run.ID, changing changes: [TaskChange]) throws(StoreError) -> Bool {
        try call { () throws(StoreError) in try base.collectRun(id, changing: changes) }
    }

    package func countTakeover(_ id: Run.ID) throws(StoreError) -> Int {
        try call { () throws(StoreError) in try base.countTakeover(id) }
    }

    package func step(_ step: RunStep, of id: Run.ID) throws(StoreError) -> StepState {
        try call { () throws(StoreError) in try base.step(step, of: id) }
    }

    package func begin(_ step: RunStep, of id: Run.ID, owner: Owner, now: Timestamp) throws(StoreError) {
        try call { () throws(StoreError) in try base.begin(step, of: id, owner: owner, now: now) }
    }

    package func complete(_ step: RunStep, of id: Run.ID, result: String, now: Timestamp) throws(StoreError) {
        try call { () throws(StoreError) in try base.complete(step, of: id, result: result, now: now) }
    }

    package func say(_ words: SaidWords, to id: Run.ID, now: Timestamp) throws(StoreError) -> Bool {
        try call { () throws(StoreError) in try base.say(words, to: id, now: now) }
    }

    package func pendingWords(for id: Run.ID, limit: Int) throws(StoreError) -> [(id: Int, words: String)] {
        try call { () throws(StoreError) in try base.pendingWords(for: id, limit: limit) }
    }

    package func markDelivered(_ id: Int, now: Timestamp) throws(StoreError) {
        try call { () throws(StoreError) in try base.markDelivered(id, now: now) }
    }

    package func requestStop(of id: Run.ID, by author: String) throws(StoreError) -> Bool {
        try call { () throws(StoreError) in try base.requestStop(of: id, by: author) }
    }

    package func isStopRequested(_ id: Run.ID) throws(StoreError) -> Bool {
        try call { () throws(StoreError) in try base.isStopRequested(id) }
    }

    package func takeLease(
        _ name: String, owner: Owner, now: Timestamp, until: Timestamp, isGone: (Owner) -> Bool
    ) throws(StoreError) -> Bool {
        try call { () throws(StoreError) in
            try base.takeLease(name, owner: owner, now: now, until: until, isGone: isGone)
        }
    }

    package func releaseLease(_ name: String, owner: Owner) throws(StoreError) {
        try call { () throws(StoreError) in try base.releaseLease(name, owner: owner) }
    }

    package func cursor(_ name: String) throws(StoreError) -> String? {
        try call { () throws(StoreError) in try base.cursor(name) }
    }

    package func setCursor(_ name: String, to value: String) throws(StoreError) {
        try call { () throws(StoreError) in try base.setCursor(name, to: value) }
    }

    package func breakers() throws(StoreError) -> [AgentName: Breaker] {
        try call { () throws(StoreError) in try base.breakers() }
    }

    package func setBreaker(_ breaker: Breaker?, of agent: AgentName) throws(StoreError) {
        try call { () throws(StoreError) in try base.setBreaker(breaker, of: agent) }
    }

    package func audit(_ entry: AuditEntry) throws(StoreError) {
        try call { () throws(StoreError) in try base.audit(entry) }
    }

    package func auditEntries(of key: TaskKey, limit: Int) throws(StoreError) -> [AuditEntry] {
        try call { () throws(StoreError) in try base.auditEntries(of: key, limit: limit) }
    }

    package func integrityProblem() throws(StoreError) -> String? {
        try call { () throws(StoreError) in try base.integrityProblem() }
    }

    package func cachedAnswer(_ url: String) throws(StoreError) -> CachedAnswer? {
        try call { () throws(StoreError) in try base.cachedAnswer(url) }
    }

    package func remember(_ answer: CachedAnswer, for url: String, now: Timestamp) throws(StoreError) {
        try call { () throws(StoreError) in try base.remember(answer, for: url, now: now) }
    }

    package func quota(_ resource: String) throws(StoreError) -> Quota? {
        try call { () throws(StoreError) in try base.quota(resource) }
    }

    package func setQuota(_ quota: Quota, of resource: String) throws(StoreError) {
        try call { () throws(StoreError) in try base.setQuota(quota, of: resource) }
    }
}
