import JSON
import OrchAdapters
import OrchCore
import OrchTesting
import Subprocess
import Testing

@Suite(.requiresGitHub)
struct GitHubForgeTests {
    private let stage: GitHubStage
    private let folder = ScratchFolder()
    private let draft = PullRequestDraft(
        head: "work", base: "main", title: "A “title”", body: "Closes #1\n\n🚀")

    /// A bare repository with `main`, `work` one commit ahead, and `idle` level with `main`.
    init() throws {
        stage = try GitHubStage()
        try git("init", "-q", "--bare", "-b", "main", folder.path)
        let tree = try git("hash-object", "-t", "tree", "-w", "--stdin")
        let base = try git("commit-tree", tree, "-m", "base")
        let work = try git("commit-tree", tree, "-p", base, "-m", "work")
        for (branch, commit) in [("main", base), ("idle", base), ("work", work)] {
            try git("update-ref", "refs/heads/\(branch)", commit)
        }
        try stage.server.admin(
            "POST", "seed",
            [
                "repositories": [
                    [
                        "full_name": .string(GitHubStandIn.repository), "git_dir": .string(folder.path),
                    ]
                ]
            ])
    }

    @discardableResult
    private func git(_ arguments: String...) throws -> String {
        let output = try Command("git", arguments: arguments).with { command in
            command.workingDirectory = folder.path
            command.environment = [
                "PATH": GitHubStandIn.searchPath, "HOME": folder.path, "GIT_CONFIG_NOSYSTEM": "1",
                "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@example.invalid", "GIT_COMMITTER_NAME": "t",
                "GIT_COMMITTER_EMAIL": "t@example.invalid",
            ]
        }.run()
        try #require(output.succeeded, "\(output.errorText)")
        return String(output.text.prefix { $0 != "\n" })
    }

    @Test func `a pull request is opened once, and found the second time`() throws {
        let opened = try stage.forge.openPullRequest(draft)
        #expect(opened == PullRequest(number: 1, url: "https://github.com/octo/demo/pull/1"))
        #expect(try stage.forge.openPullRequest(draft) == opened)
        let pulls = try #require(stage.server.state()["pulls"].array)
        #expect(pulls.count == 1)
        #expect(pulls[0]["title"].string == draft.title)
        #expect(pulls[0]["body"].string == draft.body)
    }

    @Test func `one whose answer was lost is found`() throws {
        try stage.server.misbehave("drop_after", ["path": "/pulls"])
        #expect(throws: TrackerError.self) { try stage.forge.openPullRequest(draft) }
        #expect(try stage.forge.openPullRequest(draft).number == 1)
    }

    /// “Exists” and “could not be created” once shared a value, and tasks waited in review for ever.
    @Test(arguments: [
        ("idle", "Validation Failed (No commits between main and idle)"),
        ("main", "Validation Failed (No commits between main and main)"),
        ("nowhere", "Validation Failed (head invalid)"),
    ])
    func `what cannot be created is refused with the reason`(head: String, reason: String) throws {
        var draft = draft
        draft.head = head
        #expect(throws: TrackerError.rejected(detail: reason)) { try stage.forge.openPullRequest(draft) }
    }

    @Test func `a closed pull request is not taken for an open one`() throws {
        let first = try stage.forge.openPullRequest(draft)
        try stage.server.admin(
            "POST", "change",
            [
                "repository": .string(GitHubStandIn.repository), "number": 1, "state": "closed",
            ])
        #expect(try stage.forge.openPullRequest(draft).number != first.number)
    }

    @Test func `without the right to write it is forbidden`() throws {
        try stage.server.admin("POST", "seed", ["viewer": "reader"])
        #expect(throws: TrackerError.forbidden(detail: "Must have push access to repository.")) {
            try stage.forge.openPullRequest(draft)
        }
        #expect(throws: TrackerError.forbidden(detail: "reader has READ on octo/demo, not WRITE")) {
            try stage.tracker.checkHealth()
        }
    }
}
