import Arguments
import JSON
import OrchAdapters
import OrchCore
import OrchEngine

/// `orch task route`: who does a task.
enum TaskRouteCommand: Subcommand {
    static let table = CommandTable("route", "Give a task to an agent, or let the router choose") {
        Positional("id", "The task", .required, .asked("tasks"))
        Positional("agent", "The agent; without one the router chooses now", .optional, .asked("agents"))
        Option("model", short: "m", "MODEL", "With this model")
    }
    .discussion(
        """
        An agent that is named stays the task's agent until `orch task retry`, through limits and fail-over too.
        """
    )
    .example("orch task route 42 codex", "Codex does it.")
    .example("orch task route 42 claude --model opus", "Claude does it, with that model.")

    static func run(_ context: Context) throws -> Int32 {
        let (project, task) = try context.task(context.arguments.required("id"))
        let catalog = try context.live().catalog(of: project)
        let model = context.arguments.value("model")
        let steering = try context.steering(of: project)
        let route: Route
        if let word = context.arguments.value("agent") {
            let agent = try named(word, among: catalog.names)
            route = try steering.pin(task, to: agent, model: model)
        } else if let model, let agent = task.agent {
            route = try steering.pin(task, to: agent, model: model)
        } else if model != nil {
            throw UsageError(
                problem: "task \(task.key.id) has no agent that could use a model",
                fix: "name one: `orch task route \(task.key.id) AGENT --model MODEL`")
        } else {
            route = try self.route(task, steering, context)
        }
        if catalog.program(of: route.agent) == nil { Console.err("\(route.agent) is not installed here") }
        show(route, of: task, context)
        return 0
    }

    private static func route(_ task: AgentTask, _ steering: Steering, _ context: Context) throws -> Route {
        let foreground = ForegroundRun(
            steering: steering, environment: context.environment, show: { Console.err($0) })
        let routed = try foreground.route(task)
        guard let agent = routed.agent else { throw EngineError.notRouted(task.key.id) }
        return Route(
            agent: agent, model: routed.model, isPinned: routed.agentIsPinned,
            profile: routed.profile ?? TaskProfile())
    }

    static func named(_ word: String, among names: [AgentName]) throws -> AgentName {
        if let name = AgentName(word), names.contains(name) { return name }
        let meant = Suggestion.closest(to: word, in: names.map(\.rawValue))
        throw UsageError(
            problem: "there is no agent “\(word)”",
            fix: meant.map { "did you mean `\($0)`?" } ?? "see `orch agents`")
    }

    private static func show(_ route: Route, of task: AgentTask, _ context: Context) {
        if context.wantsJSON {
            return context.print(
                .object([
                    "id": .string(task.key.id), "agent": .string(route.agent.rawValue),
                    "model": TaskImage.text(route.model), "pinned": .bool(route.isPinned),
                    "reason": .string(route.reason),
                ]))
        }
        let model = route.model.map { " (\($0.onOneLine))" } ?? ""
        Console.out("Task \(task.key.id) goes to \(route.agent)\(model): \(route.reason.onOneLine)")
        if route.isPinned, !task.status.isRunnable {
            Console.err(
                "It is `\(task.status.rawValue)`: `orch task retry \(task.key.id) --keep-agent` starts it")
        }
    }
}
