import JSON
import OrchCore
import OrchTesting
import Testing

@testable import OrchAdapters

/// Open pull requests through the real `gh`.
@Suite(.requiresGitHub) struct GitHubPullsTests {
    private let stage: GitHubStage
    private var forge: GitHubForge { GitHubForge(stage.connection) }

    init() throws { stage = try GitHubStage(isLean: true) }

    private func file(_ more: JSONObject = [:], login: String = "octo") throws -> Int {
        var pull: JSONObject = [
            "head": "work", "base": "main", "sha": .string(String(repeating: "a", count: 40)),
        ]
        for (name, value) in more { pull[name] = value }
        return try stage.server.file([
            "title": "T", "body": "B", "login": .string(login), "pull": .object(pull),
        ])
    }

    private func set(_ number: Int, _ more: JSONObject) throws {
        var body = more
        body["repository"] = .string(GitHubStandIn.repository)
        body["number"] = .int(Int64(number))
        try stage.server.admin("POST", "pull", .object(body))
    }

    @Test func `a quiet list is one call, answered from memory, and every page is read`() throws {
        let pull: JSONValue = [
            "head": "work", "base": "main", "sha": .string(String(repeating: "a", count: 40)),
        ]
        try stage.server.file(["title": "T", "login": "octo", "count": 101, "pull": pull])
        let first = try forge.open()
        #expect(first.count == 101)
        #expect(first[0].commit == String(repeating: "a", count: 40) && first[0].author == "octo")
        var again: [TrackedPullRequest] = []
        let calls = try stage.calls { again = try forge.open() }
        #expect(again == first)
        #expect(calls.count == 2 && calls.allSatisfy { $0.hasSuffix(" 304") })
    }

    @Test func `one that is closed is not there`() throws {
        let number = try file(["draft": true, "fork": true])
        let pull = try #require(try forge.pull(number))
        #expect(pull.isDraft && pull.isFromFork)
        try forge.close(number)
        #expect(try forge.pull(number) == nil)
        #expect(try forge.pull(999) == nil)
        #expect(try forge.open().isEmpty)
    }

    @Test func `checks of all pull requests are one query, and each has all its pages`() throws {
        let many = (0..<130).map { index -> JSONValue in
            ["name": .string("check \(index)"), "status": "COMPLETED", "conclusion": "SUCCESS"]
        }
        let (first, second, none) = (try file(), try file(), try file())
        try set(
            first,
            [
                "committed_at": "2026-02-03T04:05:06Z",
                "checks": [
                    ["name": "a", "status": "COMPLETED", "conclusion": "FAILURE", "title": "1 failed"],
                    ["name": "b", "status": "IN_PROGRESS"],
                    ["name": "c", "status": "COMPLETED", "conclusion": "SKIPPED"],
                    ["name": "other CI", "status": "COMPLETED", "conclusion": "TIMED_OUT", "app": "other"],
                    ["context": "ci/old", "state": "ERROR", "description": "broken"],
                ],
            ])
        let pulls = try forge.open()
        let calls = try stage.calls {
            let checks = try forge.checks(of: pulls)
            let states = try #require(checks[first]).checks.map(\.state)
            #expect(states == [.failed, .pending, .ignored, .failed, .failed])
            #expect(checks[first]?.checks.map { $0.log != nil } == [true, true, true, false, false])
            #expect(checks[none]?.checks.isEmpty == true)
            #expect(checks[first]?.committedAt?.iso8601 == "2026-02-03T04:05:06Z")
        }
        #expect(calls == ["POST Checks 200"])
        try set(second, ["checks": .array(many)])
        #expect(try forge.checks(of: pulls)[second]?.checks.count == 130)
    }

    @Test func `of a log its end is told, without colours and times; one that is gone is none`() throws {
        let number = try file()
        let log = (0..<500).map { "2026-01-01T00:00:00.1234567Z \u{1B}[31mline \($0)\u{1B}[0m" }
        try set(
            number,
            [
                "checks": [
                    [
                        "name": "a", "status": "COMPLETED", "conclusion": "FAILURE",
                        "log": .string(log.joined(separator: "\r\n")),
                    ],
                    ["name": "b", "status": "COMPLETED", "conclusion": "FAILURE"],
                ]
            ])
        let checks = try #require(try forge.checks(of: forge.open())[number]).checks
        let tail = try forge.logTail(of: checks[0], bytes: 100)
        #expect(tail.hasSuffix("line 498\nline 499") && tail.utf8.count <= 100)
        #expect(!tail.contains("\u{1B}") && !tail.contains("2026"))
        #expect(try forge.logTail(of: checks[1], bytes: 100).isEmpty)
    }

    @Test func `three thousand files cost no more calls than are shown`() throws {
        let files = (0..<3000).map { index -> JSONValue in
            ["filename": .string("f\(index)"), "status": "added", "patch": "@@ -0,0 +1 @@\n+x"]
        }
        let number = try file(["files": .array(files)])
        var diff = PullDiff(text: "", isCut: false)
        let calls = try stage.calls { diff = try forge.diff(of: number, lines: 1000) }
        #expect(diff.isCut && diff.text.split(separator: "\n").count == 1000)
        #expect(calls.count == 3)
        let small = try file(["files": [["filename": "a.png", "status": "modified"]]])
        #expect(
            try forge.diff(of: small, lines: 9)
                == PullDiff(
                    text: "diff --git a/a.png b/a.png\n# not shown: a binary file, or too large", isCut: false
                ))
    }

    @Test func `only trusted people are heard, and never orch itself`() throws {
        let number = try file()
        try stage.admit("helper", mayWrite: true)
        try stage.admit("reader", mayWrite: false)
        for login in ["octo", "helper", "reader", "mallory", "app[bot]"] {
            try stage.say("by \(login)", by: login, on: "\(number)")
        }
        try stage.say("<!-- orch:agent-response -->\nI approve", by: "octo", on: "\(number)")
        try set(number, ["review": ["login": "helper", "event": "REQUEST_CHANGES", "body": "No"]])
        try set(number, ["line": ["login": "mallory", "path": "a", "line": 1, "body": "x"]])
        try set(number, ["line": ["login": "octo", "path": "a", "line": 2, "body": "y"]])
        let all = try forge.remarks(on: number, threads: true)
        #expect(Set(all.map(\.body)) == ["by octo", "by helper", "No", "y"])
        #expect(all.contains { $0.kind == .review(.requestChanges) })
        #expect(all.contains { $0.kind == .line(path: "a", 2) })
        #expect(try forge.remarks(on: number, threads: false).map(\.body) == ["by octo", "by helper"])
    }

    @Test func `a review of one's own pull request becomes a comment, and is found again`() throws {
        let (own, other) = (try file(), try file(login: "ada"))
        for number in [own, other] {
            let review = PullReview(decision: .requestChanges, text: "No", commit: "")
            try forge.post(review, on: number, key: "run-1", mayExist: false)
            try forge.post(review, on: number, key: "run-1", mayExist: true)
        }
        let pulls = try #require(stage.server.state()["pulls"].array)
        #expect(pulls.map { $0["reviews"].array?.count } == [1, 1])
        #expect(pulls.map { $0["reviews"][0]["state"].string } == ["COMMENTED", "CHANGES_REQUESTED"])
    }

    @Test func `a merge takes the commit that was looked at, or nothing`() throws {
        let number = try file()
        var pull = try #require(try forge.pull(number))
        try set(number, ["sha": .string(String(repeating: "b", count: 40))])
        guard case .refused(let detail) = try forge.merge(pull, by: .squash) else {
            return #expect(Bool(false), "another commit was merged")
        }
        #expect(detail.contains("modified"))
        pull = try #require(try forge.pull(number))
        #expect(try forge.merge(pull, by: .squash) == .merged)
        #expect(try forge.pull(number) == nil)
        let stuck = try file(["unmergeable": "Required status check is expected"])
        #expect(
            try forge.merge(try #require(try forge.pull(stuck)), by: .merge)
                == .refused(detail: "Required status check is expected"))
    }
}
