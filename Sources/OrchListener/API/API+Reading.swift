import HTTP
import JSON
import OrchCore

/// What is answered from the store at once.
extension API {
    var readingRoutes: [Route] {
        [
            reading("/api/status") { api, visit in try api.status(visit) },
            reading("/api/tasks") { api, visit in try api.tasks(visit) },
            reading("/api/runs") { api, visit in try api.runs(visit) },
            reading("/api/runs/{id}") { api, visit in try api.run(visit) },
        ]
    }

    private func reading(_ path: String, _ read: @escaping (API, Visit) throws -> JSONValue) -> Route {
        Route("GET", path, .people) { [unowned self] visit, responder in
            do {
                responder.respond(answer(try read(self, visit)))
            } catch {
                responder.respond(.problem(Self.apiError(error)))
            }
        }
    }

    /// All projects, or the one that `?project=` names.
    private func projects(_ visit: Visit) throws(APIError) -> [Project] {
        guard let name = visit.request.target.query("project") else { return projects.all }
        return [try project(name)]
    }

    private func status(_ visit: Visit) throws -> JSONValue {
        let pauses = try store.pauses()
        let shares = try projects.all.map { project -> JSONValue in
            let counts = try store.counts(of: project.id)
            return .object([
                "name": .string(project.name), "directory": .string(project.directory),
                "repository": TaskImage.text(project.settings.github.repository?.description),
                "agents": .array(projects.agents(of: project).map { .string($0.rawValue) }),
                "paused": .bool(pauses.contains { $0.project == project.id }),
                "tasks": .object(
                    JSONObject(TaskStatus.allCases.map { ($0.rawValue, TaskImage.number(counts[$0] ?? 0)) })),
            ])
        }
        return .object([
            "paused": .bool(pauses.contains { $0.project == nil }), "projects": .array(shares),
            "problems": .array(projects.problems.map { .string($0) }),
        ])
    }

    private static let defaultLimit = 500
    private static let largestLimit = 10_000

    /// Open ones in the order in which they are taken; of a given status the newest change first.
    private func tasks(_ visit: Visit) throws -> JSONValue {
        let limit = try limit(visit)
        let status = try status(named: visit.request.target.query("status"))
        var images: [JSONValue] = []
        for project in try projects(visit) {
            let tasks =
                if let status {
                    try store.tasks(of: project.id, status: status, limit: limit)
                } else {
                    try store.openTasks(of: project.id)
                }
            images += tasks.prefix(limit).map { .object(TaskImage.json(of: $0, in: project.name)) }
        }
        return .array(Array(images.prefix(limit)))
    }

    private func limit(_ visit: Visit) throws(APIError) -> Int {
        guard let text = visit.request.target.query("limit") else { return Self.defaultLimit }
        guard let limit = Int(text), (1...Self.largestLimit).contains(limit), text.allSatisfy(\.isNumber)
        else {
            throw .wrongField("limit", wanted: "a whole number from 1 to \(Self.largestLimit)")
        }
        return limit
    }

    private func status(named name: String?) throws(APIError) -> TaskStatus? {
        guard let name else { return nil }
        guard let status = TaskStatus(rawValue: name) else {
            throw .wrongField("status", wanted: TaskStatus.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return status
    }

    /// Those that are under way, reviews and jobs among them.
    private func runs(_ visit: Visit) throws -> JSONValue {
        let wanted = Set(try projects(visit).map(\.id))
        let live = try store.openRuns().filter { $0.state.isLive && wanted.contains($0.task.project) }
        return .array(try live.map { .object(try image(of: $0)) })
    }

    private func run(_ visit: Visit) throws -> JSONValue {
        let id = try runID(visit)
        guard let run = try store.run(id) else { throw APIError.noRun(String(id.rawValue)) }
        return .object(try image(of: run))
    }

    /// The run, and what it is about.
    private func image(of run: Run) throws -> JSONObject {
        var image = TaskImage.json(of: run)
        let task = run.task.backend.hasTasks ? try store.task(run.task) : nil
        image["project"] = .string(projects.name(of: run.task.project))
        image["backend"] = .string(run.task.backend.rawValue)
        image["task"] = .string(run.task.id)
        image["title"] = .string(task?.title ?? Self.title(of: run.task))
        image["url"] = .string(task?.url ?? "")
        return image
    }

    private static func title(of key: TaskKey) -> String {
        switch key.backend {
        case .job: "Job \(key.id)"
        case .pull: "Review of pull request \(key.id)"
        case .github, .internal: "Task \(key.id)"
        }
    }
}
