/// Explains by the same rules that decide: what `Waiting`, `Routing` and `Dispatching` say is what a tick
/// does.
package enum Explaining {
    /// - Parameters:
    ///   - task: may be one that a snapshot does not hold because it is closed or done.
    ///   - isInstalled: whether an agent's program is there; a tick finds out by trying.
    package static func explain(
        _ task: AgentTask, in snapshot: Snapshot, isInstalled: (AgentName) -> Bool = { _ in true }
    ) -> Explanation {
        if task.isTrusted == nil,
            let admission = Intaking.decide(snapshot).first(where: { $0 == .admit(task.key) })
        {
            var after = snapshot
            after.apply(admission)
            return explain(task.applying(admission.changes), in: after, isInstalled: isInstalled)
        }
        if let run = snapshot.runs.first(where: { $0.task == task.key }) {
            return run.state.isLive ? underWay(run, in: snapshot) : uncollected(run)
        }
        if let waiting = Waiting.reason(task, in: snapshot) {
            return WaitingWords(task: task, snapshot: snapshot).explain(waiting)
        }
        if let agent = Routing.insistedOn(task), !isInstalled(agent) {
            return Explanation(
                "its agent \(agent) is not installed here",
                next: "`orch agents` shows who is; `orch task route \(task.key.id) AGENT` gives it to another"
            )
        }
        return task.status == .new ? routing(task, in: snapshot) : starting(task, in: snapshot)
    }

    private static func underWay(_ run: Run, in snapshot: Snapshot) -> Explanation {
        let id = run.task.id
        let age = snapshot.now.since(run.startedAt).brief
        let subject = "run \(run.id.rawValue) (attempt \(run.attempt)) by \(run.agent)"
        if snapshot.orphans.contains(run.id) {
            return Explanation(
                isRunning: true,
                "\(subject) is under way since \(run.startedAt.iso8601) (\(age)), but its host is gone",
                next: "`orch tick` gives it a new one")
        }
        let watch = "`orch task stream \(id)` shows it, `orch task attach \(id)` opens its terminal, "
        return Explanation(
            isRunning: true, "\(subject) \(doing(run)) since \(run.startedAt.iso8601) (\(age))",
            next: watch + "`orch task say \(id) TEXT` talks to it, `orch task kill \(id)` ends it")
    }

    private static func doing(_ run: Run) -> String {
        if run.isStopRequested { return "has been asked to end; it runs" }
        switch run.state {
        case .starting: return "is starting,"
        case .publishing: return "publishes what its agent has done; it runs"
        default: return "runs"
        }
    }

    private static func uncollected(_ run: Run) -> Explanation {
        let message = run.outcome.map { $0.message.isEmpty ? $0.status.rawValue : $0.message } ?? "no outcome"
        return Explanation(
            "run \(run.id.rawValue) by \(run.agent) has ended (\(message)), and no tick has looked at it yet",
            next: "`orch tick` draws the consequences")
    }

    private static func routing(_ task: AgentTask, in snapshot: Snapshot) -> Explanation {
        let decision = Routing.decide(snapshot).first { $0.task == task.key }
        if let decision, case .route(_, let route) = decision {
            var after = snapshot
            after.apply(decision)
            return starting(task.applying(decision.changes), in: after, routedBecause: route.reason)
        }
        if case .ask(_, let router, _)? = decision {
            return Explanation("\(router) is to be asked who does it", next: "`orch tick` asks it")
        }
        let agents = snapshot.agents[task.key.project] ?? []
        if !Routing.usable(task.key.project, in: snapshot).isEmpty {
            return places(task, chosen: "a router is to be asked who does it, and ", in: snapshot)
        }
        guard !agents.isEmpty else {
            return Explanation(
                "no agent is installed and enabled",
                next: "`orch agents` shows what is there and what is missing")
        }
        let limits = agents.compactMap { agent in
            snapshot.breakers[agent].map { "\(agent) until \($0.until.iso8601) (\($0.reason))" }
        }
        return Explanation(
            "every agent is left alone for now: " + limits.joined(separator: ", "),
            next: "nothing: it goes on by itself, or install another agent (`orch agents`)")
    }

    /// - Parameter route: why the agent was just chosen in thought; nil where it was chosen before.
    private static func starting(
        _ task: AgentTask, in snapshot: Snapshot, routedBecause route: String? = nil
    ) -> Explanation {
        let agent = task.agent.map(\.rawValue) ?? "no agent"
        let chosen = route.map { "\(agent) would do it (\($0)), and " } ?? ""
        switch Dispatching.decide(snapshot).first(where: { $0.task == task.key }) {
        case .hold(_, _, let reason):
            return Explanation(reason, next: "settle that, then `orch task retry \(task.key.id)`")
        case .dispatch:
            return Explanation(
                chosen + "nothing is in its way",
                next: "`orch tick` starts it; if no tick comes by itself, `orch doctor` says why")
        default: break
        }
        if let name = task.agent, snapshot.isTripped(for: task), let breaker = snapshot.breakers[name] {
            return Explanation(
                "\(agent) is left alone until \(breaker.until.iso8601): \(breaker.reason)",
                next:
                    "nothing: it goes on by itself, or give it to another with `orch task route \(task.key.id) AGENT`"
            )
        }
        return places(task, chosen: chosen, in: snapshot)
    }

    private static func places(_ task: AgentTask, chosen: String, in snapshot: Snapshot) -> Explanation {
        let limit = snapshot.projects[task.key.project]?.settings.workflow.parallel ?? 0
        let taken = snapshot.liveRuns(of: task.key.project)
        let reason =
            taken >= limit
            ? "\(taken) of the project's \(limit) places are taken" : "the free places go to tasks before it"
        return Explanation(
            chosen + reason,
            next: "nothing: it is next in turn, or `orch task run \(task.key.id)` starts it at once")
    }
}
