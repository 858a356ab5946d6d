package import JSON
package import OrchCore
import Platform
import Subprocess
package import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The stand-in of `bats/fakes/github-server`, running for one test, and what the real `gh` needs to talk to
/// it.
package final class GitHubStandIn {
    /// One request that `gh` made.
    package struct Request: Equatable, Sendable {
        package let method: String
        /// Without the query.
        package let path: String
        package let status: Int
        /// The GraphQL operation's name; empty for REST.
        package let operation: String
    }

    package static let repository = "octo/demo"
    package static var slug: RepositorySlug? { RepositorySlug(repository) }

    /// A new folder, not under a long TMPDIR: a socket's path has about a hundred bytes (unix(7)).
    package let folder: String
    private let server: Int32

    /// Starts a server with an empty repository `octo/demo`, whose owner is the account.
    package init() throws {
        folder = "/tmp/orch-gh-\(getpid())-\(UInt32.random(in: .min ... .max))"
        try Directory.make("\(folder)/config", mode: 0o700)
        let config = Array("http_unix_socket: \(folder)/socket\n".utf8)
        try AtomicFile.write(config, to: "\(folder)/config/config.yml", durability: .none)
        let started = try Self.command("start", "--socket", "\(folder)/socket", "--idle", "120").run()
        guard let pid = Int32(started.text.split(separator: "\n").first ?? "") else {
            throw Failure(problem: "the stand-in does not start: \(started.errorText)")
        }
        server = pid
        try admin("POST", "seed", ["repositories": [["full_name": .string(Self.repository)]]])
    }

    deinit {
        kill(server, SIGTERM)
        // What stays behind in a temporary folder harms nobody.
        try? Directory.remove(folder)
    }

    package struct Failure: Error { package let problem: String }

    /// All that `gh` gets to see: nothing of this machine's own login and configuration.
    package var environment: [String: String] {
        [
            "PATH": Self.searchPath, "HOME": folder, "GH_CONFIG_DIR": "\(folder)/config", "GH_TOKEN": "fake",
            "XDG_CACHE_HOME": "\(folder)/cache", "TMPDIR": folder,
        ]
    }

    /// The same, with a `gh` in front that asks by curl: see `bats/fakes/lean-gh`.
    package func leanEnvironment() throws -> [String: String] {
        let link = "\(folder)/lean/gh"
        try Directory.make("\(folder)/lean")
        guard symlink("\(Self.fakes)/lean-gh", link) == 0 || errno == EEXIST else {
            throw SystemError("symlink", on: link, code: errno)
        }
        return environment.merging(["PATH": "\(folder)/lean:\(Self.searchPath)"]) { $1 }
    }

    // The controls: bats/fakes/github_standin/admin.py

    @discardableResult
    package func admin(_ method: String, _ name: String, _ body: JSONValue? = nil) throws -> JSONValue {
        let request = UnixRequest(method: method, path: "/__admin/\(name)", body: body?.utf8() ?? [])
        let answer = try request.send(to: "\(folder)/socket")
        guard answer.status < 400 else {
            throw Failure(problem: "\(name): \(String(decoding: answer.body, as: UTF8.self))")
        }
        return try JSONValue(parsing: answer.body)
    }

    /// Lets something go wrong with the next `count` requests: see misbehave.py for the kinds.
    package func misbehave(_ kind: String, count: Int = 1, _ more: JSONObject = [:]) throws {
        var body: JSONObject = ["kind": .string(kind), "count": .int(Int64(count))]
        for (name, value) in more { body[name] = value }
        try admin("POST", "misbehave", .object(body))
    }

    /// An issue made by a person; its number.
    @discardableResult
    package func file(_ more: JSONObject) throws -> Int {
        var body = more
        body["repository"] = .string(Self.repository)
        return try admin("POST", "issues", .object(body))["number"].int ?? 0
    }

    /// The requests since the last time this was asked.
    package func requests() throws -> [Request] {
        let entries = try admin("GET", "requests").array ?? []
        try admin("DELETE", "requests")
        return entries.map { entry in
            let path = entry["path"].string ?? ""
            return Request(
                method: entry["method"].string ?? "", path: String(path.prefix { $0 != "?" }),
                status: entry["status"].int ?? 0, operation: entry["operation"].string ?? "")
        }
    }

    /// The repository as the server has it, issues with their comments.
    package func state() throws -> JSONValue { try admin("GET", "state")["repositories"][0] }

    // Programs

    private static func command(_ arguments: String...) -> Command {
        Command("\(fakes)/github-server", arguments: arguments).with { $0.environment = ["PATH": searchPath] }
    }

    private static let fakes: String = {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        return root.joined(separator: "/") + "/bats/fakes"
    }()

    /// The system's own folders first: a version manager's python3 takes ten times as long to start.
    package static let searchPath: String = {
        let own = Command.Environment.current()["PATH"] ?? ""
        let first = Command.Environment.current()["ORCH_TEST_GH_DIR"].map { "\($0):" } ?? ""
        return "\(first)/usr/bin:/bin:\(own)"
    }()

    package static var isUsable: Bool {
        ["gh", "python3", "curl"].allSatisfy { ProgramSearch.find($0, path: searchPath) != nil }
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips what needs `gh`, `python3` and `curl` where one of them is missing, but not in CI, where they
    /// have to be.
    package static var requiresGitHub: Self {
        let isRequired = Command.Environment.current()["CI"] == "true"
        return .enabled(if: isRequired || GitHubStandIn.isUsable, "gh, python3 or curl is not installed")
    }
}
