import JSON
package import OrchAdapters
package import OrchCore
import Platform

/// The real `gh`, or a lean one, before the stand-in, and the people on its other side.
package struct GitHubStage: TrackerStage {
    package let server: GitHubStandIn
    package let memory = MemoryRequestMemory()
    package let project = Project.ID(rawValue: "/projects/demo")
    package let isShared = true
    package let connection: GitHubConnection

    /// - Parameters:
    ///   - isLean: whether curl asks in place of `gh`, in a quarter of the time: for what is not about `gh`.
    ///   - configure: what the connection should differ in.
    package init(
        isLean: Bool = false, _ configure: (inout GitHubConnection) -> Void = { _ in }
    ) throws {
        server = try GitHubStandIn()
        guard let slug = GitHubStandIn.slug else { throw GitHubStandIn.Failure(problem: "no slug") }
        var connection = GitHubConnection(
            repository: slug, memory: memory,
            environment: isLean ? try server.leanEnvironment() : server.environment,
            now: { Timestamp(seconds: Int(WallClock.unixSeconds())) })
        configure(&connection)
        self.connection = connection
    }

    package var tracker: any Tracker { connection.tracker }
    package var forge: any Forge { connection.forge }

    /// What `gh` asks for during `act`: the method, the path below the repository or the name of the GraphQL
    /// operation, the status.
    package func calls(_ act: () throws -> Void) throws -> [String] {
        _ = try server.requests()
        try act()
        return try server.requests().map { request in
            let path = request.path.split(separator: "/").dropFirst(3).joined(separator: "/")
            let what = request.operation.isEmpty ? path : request.operation
            return "\(request.method) \(what) \(request.status)"
        }
    }

    package func file(_ draft: TaskDraft, author: String) throws -> String {
        let number = try server.file([
            "title": .string(draft.title), "body": .string(draft.body), "login": .string(author),
            "labels": .array(draft.labels.map { .string($0) }),
        ])
        return "\(number)"
    }

    package func say(_ text: String, by author: String, on id: String) throws {
        var body = issue(id)
        body["body"] = .string(text)
        body["login"] = .string(author)
        try server.admin("POST", "comments", .object(body))
    }

    package func close(_ id: String) throws {
        var body = issue(id)
        body["state"] = "closed"
        try server.admin("POST", "change", .object(body))
    }

    package func label(_ id: String, _ label: String) throws {
        var body = issue(id)
        body["add_labels"] = [.string(label)]
        try server.admin("POST", "change", .object(body))
    }

    package func admit(_ login: String, mayWrite: Bool) throws {
        let role: JSONValue = mayWrite ? "write" : "read"
        let entry: JSONValue = [
            "full_name": .string(GitHubStandIn.repository), "collaborators": .object([login: role]),
        ]
        try server.admin("POST", "seed", ["repositories": [entry]])
    }

    private func issue(_ id: String) -> JSONObject {
        ["repository": .string(GitHubStandIn.repository), "number": .int(Int64(id) ?? 0)]
    }
}
