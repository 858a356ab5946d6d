import HTTP
import JSON
import OrchAdapters
package import OrchCore
package import Reactor

/// What programs and the page look at and ask for, as docs/api.yml describes it.
///
/// Looking is answered from the store; what a person asks for is done by `orch`, on a worker, so that it is
/// the same as if it were typed. It belongs to the loop's thread.
package final class API {
    let store: any Store
    let projects: ProjectList
    let desk: VerbDesk
    let hub: StreamHub
    private let feed: ChangeFeed
    private let streams: EventStreams
    private let loop: EventLoop
    private var isPulsing = false

    /// - Parameters:
    ///   - hub: shared with whoever else shows runs; from now on it is pulsed here.
    ///   - epoch: another one for each listener.
    package init(
        store: any Store, projects: ProjectList, hub: StreamHub, desk: VerbDesk, loop: EventLoop,
        epoch: String
    ) {
        (self.store, self.projects, self.hub, self.desk, self.loop) = (store, projects, hub, desk, loop)
        streams = EventStreams(on: loop)
        feed = ChangeFeed(store: store, projects: projects, loop: loop, epoch: epoch)
        hub.onWake = { [weak self] in
            if self?.isPulsing == false { self?.pulse() }
        }
    }

    package var routes: [Route] { readingRoutes + verbRoutes + eventRoutes }

    /// Clients are let go, and come back to the next listener.
    package func stop() { streams.endAll() }

    private func pulse() {
        isPulsing = !hub.isIdle
        guard isPulsing else { return }
        loop.after(StreamHub.interval) { [weak self] in
            self?.hub.pulse()
            self?.pulse()
        }
    }

    // MARK: - Events

    /// What `orch task stream` shows of what came before.
    private static let lastLines = 200

    private var eventRoutes: [Route] {
        [
            Route("GET", "/api/events", .people) { [unowned self] visit, responder in
                feed.add(streams.begin(responder), after: visit.request.fields["Last-Event-ID"])
            },
            Route("GET", "/api/runs/{id}/events", .people) { [unowned self] visit, responder in
                do {
                    let start = try start(visit)
                    let id = try runID(visit)
                    try RunEvents.open(id, from: start, hub) { streams.begin(responder) }
                } catch {
                    responder.respond(.problem(Self.apiError(error)))
                }
            },
        ]
    }

    /// Behind what the client has seen, else from where it wants, else with the last lines.
    private func start(_ visit: Visit) throws(APIError) -> StreamStart {
        if let seen = visit.request.fields["Last-Event-ID"], !seen.isEmpty {
            return .place(try Self.place(seen, "Last-Event-ID"))
        }
        guard let from = visit.request.target.query("from") else { return .last(Self.lastLines) }
        return .place(try Self.place(from, "from"))
    }

    private static func place(_ text: String, _ name: String) throws(APIError) -> Int {
        guard let place = Int(text), place >= 0, text.allSatisfy(\.isNumber) else {
            throw .wrongField(name, wanted: "the id of an event, or 0 for all of them")
        }
        return place
    }

    // MARK: - What routes share

    func runID(_ visit: Visit) throws(APIError) -> Run.ID {
        let text = visit.parameters["id"] ?? ""
        guard let number = Int(text), number > 0 else { throw .noRun(text) }
        return Run.ID(rawValue: number)
    }

    func project(_ name: String) throws(APIError) -> Project {
        guard let project = projects.named(name) else { throw .noProject(name) }
        return project
    }

    /// The task that a path names.
    func task(_ visit: Visit) throws -> (project: Project, task: AgentTask) {
        let project = try project(visit.parameters["project"] ?? "")
        let id = visit.parameters["id"] ?? ""
        for backend in [TaskKey.Backend.github, .internal] {
            let key = TaskKey(project: project.id, backend: backend, id: id)
            if let task = try store.task(key) { return (project, task) }
        }
        throw APIError.noTask(id, project: project.name)
    }

    /// An answer of 200, without what must not be seen.
    func answer(_ value: JSONValue, status: Int = 200) -> HTTPResponse {
        .json(status, Array(projects.redaction.apply(to: value.text()).utf8))
    }

    static func apiError(_ error: any Error) -> APIError {
        switch error {
        case let error as APIError: error
        case StreamError.noSuchRun(let id): .noRun(String(id.rawValue))
        case StreamError.tooManyViewers: .busy
        case StoreError.busy: .busy
        case let error as VerbMistake: .unfinished(problem: error.problem, fix: error.fix, status: 400)
        case let error as any Explained: .unfinished(problem: error.problem, fix: error.fix, status: 500)
        default:
            .unfinished(problem: String(describing: error), fix: "`orch doctor` looks into it", status: 500)
        }
    }
}
