import HTTP
import JSON
import OrchCore

/// Why the API refuses.
enum APIError: Error, Equatable {
    case closed
    case foreignHost(String)
    case foreignPage(String)
    case noToken
    case noProject(String)
    case noTask(String, project: String)
    case noRun(String)
    case noAgent(String)
    case notJSON
    case wrongMedia
    case wrongField(String, wanted: String)
    case unconfirmed(verb: String)
    case busy
    case unfinished(problem: String, fix: String, status: Int)
}

extension APIError: Explained {
    /// The status of HTTP that says the same.
    var status: Int {
        switch self {
        case .noToken: 401
        case .closed, .foreignHost, .foreignPage: 403
        case .noProject, .noTask, .noRun, .noAgent: 404
        case .unconfirmed: 409
        case .wrongMedia: 415
        case .notJSON, .wrongField: 400
        case .busy: 503
        case .unfinished(_, _, let status): status
        }
    }

    var problem: String {
        switch self {
        case .closed: "the API is not open by TCP"
        case .foreignHost(let host): "“\(Self.shown(host))” is no name of this machine"
        case .foreignPage(let origin): "a page of “\(Self.shown(origin))” may not ask here"
        case .noToken: "the token is missing, or is not the one"
        case .noProject(let name): "there is no project “\(Self.shown(name))”"
        case .noTask(let id, let project): "project \(project) has no task “\(Self.shown(id))”"
        case .noRun(let id): "there is no run “\(Self.shown(id))”"
        case .noAgent(let name): "there is no agent “\(Self.shown(name))”"
        case .notJSON: "the body is no JSON object"
        case .wrongMedia: "the body is not sent as JSON"
        case .wrongField(let name, _): "`\(Self.shown(name))` has a value that it cannot have"
        case .unconfirmed(let verb): "`\(verb)` cannot be undone"
        case .busy: "too much is asked for at the moment"
        case .unfinished(let problem, _, _): problem
        }
    }

    var fix: String {
        switch self {
        case .closed: "set `listen.token` and restart `orch listen`, or ask by the unix socket"
        case .foreignHost: "use the machine’s address, or add the name to `listen.hosts`"
        case .foreignPage: "open the listener’s own page"
        case .noToken: "send `Authorization: Bearer TOKEN`, with what `listen.token` says"
        case .noProject: "`orch project list` shows the names"
        case .noTask: "`orch task list --global` shows what there is"
        case .noRun: "`GET /api/runs` shows what runs"
        case .noAgent: "`orch agents` shows who there is"
        case .notJSON: "send an object, such as {}"
        case .wrongMedia: "send `Content-Type: application/json`"
        case .wrongField(_, let wanted): "give \(wanted)"
        case .unconfirmed: "send `\"confirm\": true` along where it is meant"
        case .busy: "ask again in a moment"
        case .unfinished(_, let fix, _): fix
        }
    }

    private static func shown(_ text: String) -> String { Printable.text(text).clipped(toBytes: 100) }
}

extension HTTPResponse {
    /// What is true for the moment only, and nobody's to keep.
    static func json(_ status: Int, _ body: [UInt8]) -> HTTPResponse {
        HTTPResponse(
            status,
            [
                "Content-Type": "application/json", "Cache-Control": "no-store",
                "X-Content-Type-Options": "nosniff",
            ], body: body)
    }

    /// An error as the commands print it with `--json`.
    static func problem(_ error: APIError) -> HTTPResponse {
        let value = JSONValue.object(["error": .string(error.problem), "fix": .string(error.fix)])
        var response = json(error.status, value.utf8())
        if error.status == 401 { response.fields.add("WWW-Authenticate", "Bearer realm=\"orch\"") }
        return response
    }
}
