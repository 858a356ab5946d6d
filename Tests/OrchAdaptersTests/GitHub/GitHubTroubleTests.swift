import JSON
import OrchAdapters
import OrchCore
import OrchTesting
import Testing

@Suite(.requiresGitHub)
struct GitHubTroubleTests {
    private static let now = Timestamp(seconds: 1_800_000_000)

    /// What `act` throws; nil where it does not.
    private func error(_ act: () throws -> Void) throws -> TrackerError? {
        do { try act() } catch let error as TrackerError { return error }
        return nil
    }

    private func makeStage(_ configure: (inout GitHubConnection) -> Void = { _ in }) throws -> GitHubStage {
        let stage = try GitHubStage {
            $0.now = { Self.now }
            configure(&$0)
        }
        try stage.server.admin("POST", "clock", ["now": .int(Int64(Self.now.seconds))])
        return stage
    }

    @Test func `gh that is not installed is named`() throws {
        let stage = try makeStage { $0.environment["PATH"] = "/nonexistent" }
        #expect(try error { _ = try stage.tracker.checkHealth() } == .programMissing("gh"))
    }

    @Test func `no login and a refused token are told alike`() throws {
        let without = try makeStage { $0.environment["GH_TOKEN"] = nil }
        let refused = try makeStage { $0.environment["GH_TOKEN"] = "expired" }
        #expect(
            try error { _ = try without.tracker.get("1") }
                == .notAuthenticated(
                    detail: "To get started with GitHub CLI, please run:  gh auth login"))
        #expect(
            try error { _ = try refused.tracker.get("1") } == .notAuthenticated(detail: "Bad credentials"))
    }

    @Test func `a connection that fails is offline, wherever it breaks`() throws {
        let stage = try makeStage()
        try stage.server.file(["title": "x"])
        for kind in ["drop", "cut"] {
            try stage.server.misbehave(kind)
            guard case .offline = try error({ _ = try stage.tracker.get("1") }) else {
                Issue.record("\(kind) is not offline")
                continue
            }
        }
        let nobody = try makeStage { $0.environment["GH_CONFIG_DIR"] = Self.deadEnd($0.environment) }
        guard case .offline = try error({ _ = try nobody.tracker.get("1") }) else {
            Issue.record("a socket without a server is not offline")
            return
        }
    }

    /// A configuration whose socket nobody listens on.
    private static func deadEnd(_ environment: [String: String]) -> String {
        let folder = environment["GH_CONFIG_DIR", default: ""] + "/dead"
        try? DeadEnd.make(folder)
        return folder
    }

    @Test(arguments: [
        ("error500", TrackerError.broken(detail: "Server Error")), ("error502", .broken(detail: "HTTP 502")),
        ("garbage", .broken(detail: "HTTP 200 with a body that is no JSON")),
        ("forbidden", .forbidden(detail: "Resource not accessible by personal access token")),
        ("unauthorized", .notAuthenticated(detail: "Bad credentials")),
    ])
    func `a server in trouble is no deletion and no limit`(kind: String, expected: TrackerError) throws {
        let stage = try makeStage()
        try stage.server.misbehave(kind)
        #expect(try error { _ = try stage.tracker.get("1") } == expected)
        #expect(try stage.memory.quota("rest")?.backOffUntil == nil)
    }

    @Test(arguments: [
        ("primary", 600), ("primary429", 600), ("secondary", 60), ("abuse", 60), ("secondary_message", 30),
    ])
    func `while a limit holds gh is not started`(kind: String, seconds: Int) throws {
        let stage = try makeStage()
        try stage.server.misbehave(kind)
        for _ in 1...3 {
            guard case .rateLimited(let until, _) = try error({ _ = try stage.tracker.get("1") }) else {
                Issue.record("\(kind) is no limit")
                return
            }
            #expect(until == Self.now + .seconds(seconds))
        }
        #expect(try stage.server.requests().count == 1)
    }

    @Test func `GraphQL's quota is not REST's`() throws {
        let stage = try makeStage()
        try stage.server.file(["title": "x"])
        try stage.server.misbehave("graphql_limited")
        for _ in 1...2 {
            guard case .rateLimited = try error({ _ = try stage.tracker.checkHealth() }) else {
                Issue.record("no limit")
                return
            }
        }
        #expect(try stage.tracker.get("1") != nil)
        #expect(try stage.server.requests().count == 2)
    }

    @Test func `two processes share what is known of a limit`() throws {
        let stage = try makeStage()
        try stage.server.misbehave("secondary")
        _ = try error { _ = try stage.tracker.get("1") }
        let other = GitHubForge(stage.connection)
        let draft = PullRequestDraft(head: "a", base: "b", title: "c", body: "d")
        #expect(
            try error { _ = try other.openPullRequest(draft) }
                == .rateLimited(
                    until: Self.now + .seconds(60),
                    detail:
                        "You have exceeded a secondary rate limit. "
                        + "Please wait a few minutes before you try again."
                ))
    }

    @Test func `who waits tries once more, and no longer than is set`() throws {
        final class Pauses {
            var lengths: [Duration] = []
            var now: Timestamp { lengths.reduce(GitHubTroubleTests.now) { $0 + $1 } }
        }
        let pauses = Pauses()
        let stage = try makeStage {
            $0.whenLimited = .wait
            $0.now = { pauses.now }
            $0.pause = { pauses.lengths.append($0) }
        }
        try stage.server.file(["title": "x"])
        try stage.server.misbehave("secondary")
        #expect(try stage.tracker.get("1") != nil)
        #expect(pauses.lengths == [.seconds(60)])
        try stage.server.misbehave("primary", ["reset": .int(Int64(Self.now.seconds + 3600))])
        guard case .rateLimited = try error({ _ = try stage.tracker.get("1") }) else {
            Issue.record("waited for an hour")
            return
        }
        #expect(pauses.lengths.count == 1)
    }
}
