import OrchCore
import OrchEngine

/// Runs whose host is this very process, for commands that stay to the end.
struct ForegroundRun {
    let steering: Steering
    let environment: [String: String]
    /// Where the agent's words go.
    let show: (String) -> Void

    /// A router is asked a few times at most; see `Routing.askLimit`.
    private static let askLimit = Routing.askLimit + 1

    /// Begins the task's next run; where a router has to be asked first, asks it.
    ///
    /// - Throws: where the task cannot be started, `.notRunnable` among others.
    func begin(_ task: AgentTask) throws -> Run {
        var task = task
        for _ in 1...Self.askLimit {
            let run = try steering.begin(task)
            guard run.kind == .route else { return run }
            task = try askedTask(run)
        }
        throw EngineError.notRouted(task.key.id)
    }

    /// Lets the router choose now.
    ///
    /// - Returns: the task with its agent.
    func route(_ task: AgentTask) throws -> AgentTask {
        var routed = try steering.route(task)
        for _ in 1...Self.askLimit {
            guard case .asked(let run) = routed else { break }
            let asked = try askedTask(run)
            if asked.status != .new || asked.agent != nil { return asked }
            routed = try steering.routeNow(task.key)
        }
        return try steering.task(task.key) ?? task
    }

    /// Hosts the run of a router, and draws its consequences.
    private func askedTask(_ run: Run) throws -> AgentTask {
        guard try host(run) == 0, let task = try steering.collect(run) else {
            throw EngineError.notRouted(run.task.id)
        }
        return task
    }

    /// - Returns: 0 where the run is over, 75 where it goes on without this process.
    func host(_ run: Run) throws -> Int32 {
        try RunHostCommand.host(run.id, environment: environment, isPane: false, show: show)
    }
}
