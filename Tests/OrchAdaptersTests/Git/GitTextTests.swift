import OrchCore
import Subprocess
import Testing

@testable import OrchAdapters

/// What git prints, as captured from git 2.39, and the values it becomes.
struct GitTextTests {
    @Test(arguments: [
        ("!\tHEAD:refs/heads/b\t[rejected] (non-fast-forward)", false, "[rejected] (non-fast-forward)"),
        (
            "!\tHEAD:refs/heads/b\t[remote rejected] (protected branch hook declined)", false,
            "[remote rejected] (protected branch hook declined)"
        ),
        ("*\tHEAD:refs/heads/b\t[new branch]", true, "[new branch]"),
        ("=\tHEAD:refs/heads/b\t[up to date]", true, "[up to date]"),
        (" \tHEAD:refs/heads/b\tbd55cc0..2d4d2aa", true, "bd55cc0..2d4d2aa"),
    ])
    func `a push is judged by the line about its ref`(line: String, isAccepted: Bool, summary: String) throws
    {
        let report = try #require(PushReport(about: "refs/heads/b", in: "To /tmp/b.git\n\(line)\nDone\n"))
        #expect(report.isAccepted == isAccepted && report.summary == summary)
    }

    @Test func `a push that says nothing about its ref is no success`() {
        #expect(PushReport(about: "refs/heads/b", in: "") == nil)
        #expect(
            PushReport(about: "refs/heads/b", in: "To x\n*\tHEAD:refs/heads/bb\t[new branch]\nDone\n") == nil)
    }

    @Test(arguments: [
        ("fatal: unable to access 'https://github.com/o/r/': The requested URL returned error: 403", true),
        ("remote: Permission to o/r.git denied to ada.", true),
        ("ERROR: Repository not found.", true),
        ("fatal: Authentication failed for 'https://github.com/o/r/'", true),
        ("git@github.com: Permission denied (publickey).", true),
        ("fatal: could not read Username for 'https://github.com': terminal prompts disabled", true),
        ("fatal: repository 'https://host/o/r.git/' not found", true),
        ("fatal: '/srv/r.git' does not appear to be a git repository", true),
        ("Host key verification failed.", true),
        ("fatal: unable to access 'https://github.com/o/r/': Could not resolve host: github.com", false),
        ("fatal: unable to access 'https://github.com/o/r/': The requested URL returned error: 503", false),
        // What a server's hook or a file's name says is no denial.
        ("remote: warning: 403 files are larger than 50 MB", false),
        ("error: failed to push some refs to 'https://github.com/o/Permission to be denied to all'", false),
    ])
    func `what waiting does not mend is told apart from an outage`(text: String, isFinal: Bool) {
        #expect(RemoteFailure.isFinal("remote: Counting objects\n\(text)\n") == isFinal)
    }

    @Test(arguments: [
        ("fatal: Unable to create '/r/.git/index.lock': File exists.", true),
        ("error: cannot lock ref 'refs/remotes/origin/main': is at 1 but expected 2", true),
        ("fatal: failed to read .git/worktrees/4/commondir: Success", true),
        ("fatal: bad object worktrees/2/HEAD\nerror: /r.git did not send all necessary objects", true),
        ("fatal: bad object HEAD", false),
        ("fatal: not a git repository", false),
        ("fatal: failed to read object 12: No such file", false),
    ])
    func `what passes by itself is told apart`(text: String, isPassing: Bool) {
        #expect(GitText.isPassing("\(text)\n") == isPassing)
    }

    @Test(arguments: [
        ("no address", "no address"),
        (
            "fatal: unable to access 'https://ada:s3cret@host/r': 403",
            "fatal: unable to access 'https://host/r': 403"
        ),
        ("https://ghp_abc@github.com/o/r and ssh://git@h/r", "https://github.com/o/r and ssh://h/r"),
        ("https://host/path@v1", "https://host/path@v1"),
        ("://", "://"),
    ])
    func `credentials are taken out of addresses`(text: String, safe: String) {
        #expect(GitText.withoutCredentials(text) == safe)
    }

    @Test func `a message is cut between characters`() {
        #expect(GitText.bounded("aé🚀", limitBytes: 6) == "aé…")
        #expect(GitText.bounded("aé", limitBytes: 3) == "aé")
    }

    @Test(arguments: [
        ("[main 2d4d2aa18c6aa6977ade42ca5355c5212cc627d1] hi\n 1 file changed\n", true),
        ("[main (root-commit) 2d4d2aa18c6aa6977ade42ca5355c5212cc627d1] hi\n", true),
        ("[detached HEAD 2d4d2aa18c6aa6977ade42ca5355c5212cc627d1] hi ] there\n", true),
        ("[odd]name] 2d4d2aa18c6aa6977ade42ca5355c5212cc627d1] hi\n", true),
        ("[main 2d4d2aa] hi\n", false),
        ("", false),
    ])
    func `the new commit is read from the answer`(text: String, isThere: Bool) {
        let expected = isThere ? "2d4d2aa18c6aa6977ade42ca5355c5212cc627d1" : nil
        #expect(CommitAnswer.commit(in: text) == expected)
    }

    @Test func `a status tells changes and conflicts`() {
        #expect(GitStatus([]).isClean)
        let text = "? u new\u{0}u UU N... 100644 100644 100644 100644 1 2 3 a b\u{0}"
        let status = GitStatus(Array(text.utf8))
        #expect(!status.isClean && status.unmerged == ["a b"])
    }

    @Test func `the remote's default branch is read from its listing`() {
        let sha = "bd55cc08f2715528c62300732b5dc6afcbd6c1ca"
        #expect(RemoteListing.defaultBranch(in: "ref: refs/heads/a/b\tHEAD\n\(sha)\tHEAD\n") == "a/b")
        #expect(RemoteListing.defaultBranch(in: "\(sha)\tHEAD\n") == nil)
        #expect(RemoteListing.defaultBranch(in: "ref: refs/heads/x\trefs/remotes/up/HEAD\n") == nil)
        #expect(RemoteListing.commit(of: "refs/heads/b", in: "\(sha)\trefs/heads/x/refs/heads/b\n") == nil)
        #expect(RemoteListing.commit(of: "refs/heads/b", in: "\(sha)\trefs/heads/b\n") == sha)
    }

    @Test func `a user's exclude lines are kept, even without a newline at the end`() {
        func missing(_ patterns: [String], _ text: String) -> String {
            String(decoding: GitExclude.missing(patterns, from: Array(text.utf8)), as: UTF8.self)
        }
        #expect(missing(["/a", "/b"], "*.log") == "\n/a\n/b\n")
        #expect(missing(["/a", "/b"], "/b\n") == "/a\n")
        #expect(missing(["/a"], "/a\n") == "")
    }

    @Test func `tokens go to the remote only, and gh answers for github only`() {
        let environment = GitEnvironment([
            "PATH": "", "GH_TOKEN": "t", "OPENAI_API_KEY": "k", "GIT_DIR": "/x", "LC_ALL": "C",
            "DATABASE_URL": "postgres://u:p@h/d", "SSH_AUTH_SOCK": "/s",
        ])
        #expect(environment.variables(.local)["GH_TOKEN"] == nil)
        #expect(environment.variables(.local)["OPENAI_API_KEY"] == nil)
        #expect(environment.variables(.network)["GH_TOKEN"] == "t")
        #expect(environment.variables(.network)["OPENAI_API_KEY"] == nil)
        #expect(environment.variables(.network)["DATABASE_URL"] == nil)
        #expect(environment.variables(.network)["SSH_AUTH_SOCK"] == "/s")
        #expect(environment.variables(.network)["LC_ALL"] == "C")
        #expect(environment.variables(.network)["GIT_DIR"] == nil)
        #expect(environment.variables(.network)["GIT_TERMINAL_PROMPT"] == "0")
        #expect(environment.variables(.network)["GIT_CONFIG_COUNT"] == nil, "there is no gh on this PATH")
    }

    @Test func `a push names the branch in full, forces nothing and runs no hooks`() {
        let push = GitCommands.push(to: "b", in: "/w")
        #expect(
            push.arguments.last == "HEAD:refs/heads/b" && push.arguments.contains("core.hooksPath=/dev/null"))
        #expect(!push.arguments.contains { $0.contains("force") || $0.hasPrefix("+") })
    }
}

@Suite(.requires("git"))
struct BranchNameOracleTests {
    @Test func `git takes every name of ours for a branch`() throws {
        let sandbox = try GitSandbox()
        let titles = [
            "", "🚀", "$(rm -rf ~)", "-x", ".lock", "a.lock", "@{-1}", "refs/heads/x", "a..b",
            "tab\tnew\nline",
            String(repeating: "ab ", count: 40), "HEAD", "`id`", "ends with dash -",
        ]
        for title in titles {
            let key = TaskKey(project: .init(rawValue: "/p"), backend: .github, id: "42")
            let name = BranchNaming.branch(for: key, title: title)
            #expect(try sandbox.git("check-ref-format", "--branch", name, in: ".") == name)
        }
    }
}
