import HTTP
import JSON
import OrchCore
import Platform

/// What `orch` is run for: what a person asks for, and looks that take more than the store.
extension API {
    /// A task's text has to fit.
    private static let bodyLimitBytes = 1 << 20

    var verbRoutes: [Route] {
        lookRoutes
            + [
                asking("/api/tasks", "new") { _, _ in [:] },
                asking("/api/pause", "pause") { _, _ in [:] },
                asking("/api/resume", "resume") { _, _ in [:] },
            ]
            + ["say", "retry", "unblock", "assign", "kill", "approve", "merge"].map { name in
                asking("/api/tasks/{project}/{id}/\(name)", name) { api, visit in try api.fields(visit) }
            }
    }

    private var lookRoutes: [Route] {
        [
            look("/api/waiting", "waiting"), look("/api/jobs", "jobs"), look("/api/cost", "cost"),
            look("/api/tasks/{project}/{id}", "show"), look("/api/tasks/{project}/{id}/why", "why"),
        ]
    }

    // MARK: - Looking

    private func look(_ path: String, _ name: String) -> Route {
        Route("GET", path, .people) { [unowned self] visit, responder in
            do {
                var fields: JSONObject = [:]
                if visit.parameters["id"] != nil {
                    fields = try self.fields(visit)
                } else if let name = visit.request.target.query("project") {
                    fields["project"] = .string(try project(name).name)
                }
                try perform(Verb(named: name, fields: fields), origin(visit), responder, status: 200)
            } catch {
                responder.respond(.problem(Self.apiError(error)))
            }
        }
    }

    // MARK: - Asking

    /// - Parameter given: what the path says.
    private func asking(
        _ path: String, _ name: String, _ given: @escaping (API, Visit) throws -> JSONObject
    ) -> Route {
        Route("POST", path, .people, bodyLimitBytes: Self.bodyLimitBytes) { [unowned self] visit, responder in
            do {
                var fields = try Self.body(of: visit.request)
                for (name, value) in try given(self, visit) { fields[name] = value }
                try resolve(&fields)
                let verb = try Verb(named: name, fields: fields)
                if verb.isDangerous, fields["confirm"]?.bool != true {
                    throw APIError.unconfirmed(verb: name)
                }
                try perform(verb, origin(visit), responder, status: name == "new" ? 201 : 200)
            } catch {
                responder.respond(.problem(Self.apiError(error)))
            }
        }
    }

    private func fields(_ visit: Visit) throws -> JSONObject {
        let (project, task) = try task(visit)
        return ["project": .string(project.name), "id": .string(task.key.id)]
    }

    /// Names become those of the project and the agent that there are.
    private func resolve(_ fields: inout JSONObject) throws(APIError) {
        var named: Project?
        if let name = fields["project"]?.string {
            let found = try project(name)
            fields["project"] = .string(found.name)
            named = found
        }
        if let agent = fields["agent"]?.string, !projects.knows(agent, in: named) {
            throw .noAgent(agent)
        }
    }

    private static let texts = ["project", "id", "agent", "title", "body", "text"]

    /// The members of the body, each of the kind that it has to be; no body is an empty object.
    private static func body(of request: HTTPRequest) throws(APIError) -> JSONObject {
        if request.body.isEmpty { return [:] }
        let media = request.fields["Content-Type"]?.prefix { $0 != ";" } ?? ""
        guard media.lowercased().filter({ $0 != " " }) == "application/json" else { throw .wrongMedia }
        guard case .object(let fields)? = try? JSONValue(parsing: request.body) else { throw .notJSON }
        for name in texts {
            guard let value = fields[name] else { continue }
            guard let text = value.string, name == "body" || !text.isEmpty else {
                throw .wrongField(name, wanted: "a text")
            }
        }
        if let value = fields["confirm"], value.bool == nil {
            throw .wrongField("confirm", wanted: "true or false")
        }
        return fields
    }

    // MARK: - Doing

    private static let keyLimitBytes = 200
    /// Whose listener it is: who has its token or its socket acts in that name.
    private static let actor = "api:\(Account.current()?.name ?? "owner")"

    /// Who asks, for the audit; a request that is sent twice under one `Idempotency-Key` is done once.
    private func origin(_ visit: Visit) throws(APIError) -> VerbPerformer.Origin {
        guard let key = visit.request.fields["Idempotency-Key"] else { return .init(actor: Self.actor) }
        let isSafe = key.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard isSafe, (1...Self.keyLimitBytes).contains(key.utf8.count) else {
            throw .wrongField("Idempotency-Key", wanted: "up to \(Self.keyLimitBytes) letters and digits")
        }
        return .init(actor: Self.actor, request: "api:\(key)")
    }

    private func perform(
        _ verb: Verb, _ origin: VerbPerformer.Origin, _ responder: HTTPResponder, status: Int
    ) throws(APIError) {
        let isTaken = desk.perform(verb, from: origin) { [weak self] outcome in
            guard let self else { return }
            switch outcome {
            case .done(let value):
                responder.respond(answer(value.isNull ? .object([:]) : value, status: status))
            case .failed(let problem, let fix, let exit):
                let error = APIError.unfinished(problem: problem, fix: fix, status: Self.status(of: exit))
                responder.respond(.problem(error))
            }
        }
        if !isTaken { throw .busy }
    }

    /// What an exit status of `orch` is in HTTP: 1 is “not as things stand”, 2 wrong usage, 3 wrong
    /// configuration.
    private static func status(of exit: Int32?) -> Int {
        switch exit {
        case 1: 409
        case 2: 400
        case nil: 504
        default: 500
        }
    }
}
