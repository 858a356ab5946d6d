import JSON
import OrchAdapters
import OrchCore
import OrchEngine

/// `run_task.sh` and `route_task.sh`: one task, here and now.
enum V0Runs {
    static let functions: [String: V0Command.Function] = [
        "run_task": { try runTask($0) }, "route_task": { try routeTask($0) },
    ]

    // MARK: - route_task.sh

    private static func routeTask(_ call: V0Call) throws -> Int32 {
        guard let id = try id(call, among: [.new]) else {
            call.complain("No new tasks to route")
            return 1
        }
        call.complain("[route] task=\(id) starting")
        guard var named = try task(id, call) else { return 1 }
        if named.stage.ports.agents(named.stage.project).isEmpty {
            call.complain("No agent CLIs found in PATH.")
            return 1
        }
        try named.change([.status(.new)])
        guard let routed = try routed(named, call), let agent = routed.agent else { return 1 }
        call.say(agent.rawValue)
        return 0
    }

    /// The task with its agent, which its labels and its sidecar show then.
    private static func routed(_ named: V0Task, _ call: V0Call) throws -> AgentTask? {
        let task = try foreground(named.stage).route(named.task)
        guard let agent = task.agent else {
            call.complain("[route] task=\(task.key.id) missing agent after routing")
            return nil
        }
        try named.stage.steering.show(task, agent: agent)
        let warning = task.profile.map { $0.warning.isEmpty ? "" : " (warning: \($0.warning))" } ?? ""
        call.complain("[route] task=\(task.key.id) routed to \(agent)\(warning)")
        return task
    }

    // MARK: - run_task.sh

    /// v0 exits with 0 whatever became of the task, which its status says.
    private static func runTask(_ call: V0Call) throws -> Int32 {
        guard let id = try id(call, among: [.new, .routed]) else {
            call.complain("No runnable tasks found")
            return 1
        }
        call.complain("[run] task=\(id) starting")
        guard var named = try task(id, call) else { return 1 }
        let steering = named.stage.steering
        if try named.stage.isTaken(named.task.key) { return 0 }
        if named.task.status == .needsReview {
            call.complain(
                "[run] task=\(id) status=needs_review, skipping (requires human review before retry)")
            return 0
        }
        try named.makeRunnable()
        if named.task.agent == nil {
            guard let routed = try routed(named, call) else { return 0 }
            try named.change([.status(routed.status), .agent(routed.agent, pinned: routed.agentIsPinned)])
        }
        if let reason = try steering.hold(named.task) ?? loop(named, call) {
            call.complain("[run] task=\(id) not started: \(reason)")
            return 0
        }
        guard let run = try begun(named) else { return 0 }
        guard let outcome = try V0Host(stage: named.stage, call: call).stay(with: run) else { return 75 }
        try conclude(run, outcome, named, call)
        return 0
    }

    /// nil where somebody else was faster.
    private static func begun(_ named: V0Task) throws -> Run? {
        do {
            return try foreground(named.stage).begin(named.task)
        } catch EngineError.alreadyRunning {
            return nil
        } catch SteeringError.claimed {
            return nil
        }
    }

    /// Why it would be in vain; the task waits for a person then.
    private static func loop(_ named: V0Task, _ call: V0Call) throws -> String? {
        guard named.task.attempts + 1 >= RetryLoop.firstAttempt else { return nil }
        let connection = try call.connection()
        let path = GitHubPath(connection.repository, "issues", named.task.key.id, "comments")
        let request = GitHubRequest(.get, path.query([("per_page", "100")]))
        let client = GitHubClient(connection)
        let comments = try client.allItems(from: client.send(request)).compactMap { $0["body"].string }
        guard RetryLoop.isFound(in: comments) else { return nil }
        let reason = "retry loop: same error repeated 3 times"
        try named.stage.steering.halt(named.task, .needsReview, because: reason)
        return reason
    }

    private static func conclude(
        _ run: Run, _ outcome: RunOutcome, _ named: V0Task, _ call: V0Call
    ) throws {
        var after = try named.stage.steering.collect(run)
        if let task = after {
            after = try V0Ending(named: named, run: run, outcome: outcome, call: call).ending(of: task)
        }
        let children = try named.stage.store.step(.children, of: run.id)
        if case .done(let ids) = children, !ids.isEmpty {
            call.say("Spawned children: \(ids.split(separator: ",").joined(separator: " "))")
        }
        let ended = try named.stage.store.run(run.id) ?? run
        if let after { try V0Review.follow(after, on: named.stage, call) }
        let length = ended.endedAt?.since(ended.startedAt) ?? .zero
        call.complain(
            "[run] task=\(run.task.id) DONE status=\((after?.status ?? outcome.status).rawValue)"
                + " agent=\(run.agent)"
                + " model=\(ended.model ?? Adopting.standardModel) attempt=\(run.attempt)"
                + " duration=\(V0Host.words(for: length))"
                + " tokens=\(ended.usage.inputTokens)in/\(ended.usage.outputTokens)out")
    }

    // MARK: - What both begin with

    /// The argument, else the first open task of these statuses.
    private static func id(_ call: V0Call, among statuses: [TaskStatus]) throws -> String? {
        if !call[0].isEmpty { return call[0] }
        let stage = try V0Stage(call)
        guard let tracker = stage.ports.tracker(stage.project, .github) else { return nil }
        for status in statuses {
            if let first = try tracker.list(status: status).map(\.id).min(by: {
                (Int($0) ?? 0) < (Int($1) ?? 0)
            }) {
                return first
            }
        }
        return nil
    }

    /// nil where there is nothing to run; it has been said.
    private static func task(_ id: String, _ call: V0Call) throws -> V0Task? {
        do {
            if let task = try V0Task(id, call) { return task }
            call.complain("Task \(id) not found")
        } catch let error as V0Task.MissingFolder {
            call.complain("[run] task=\(id) dir=\(error.path) does not exist")
        }
        return nil
    }

    private static func foreground(_ stage: V0Stage) -> ForegroundRun {
        ForegroundRun(steering: stage.steering, environment: stage.environment, show: { Console.err($0) })
    }
}
