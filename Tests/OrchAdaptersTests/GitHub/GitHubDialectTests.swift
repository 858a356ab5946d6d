import JSON
import KitTesting
import OrchAdapters
import OrchCore
import OrchTesting
import Platform
import Subprocess
import Testing

/// Programs called `gh` that are none: they write down how they were called, and answer as v0's stand-in.
struct GitHubDialectTests {
    private let folder = ScratchFolder()
    private let memory = MemoryRequestMemory()

    private func install(_ script: String) throws {
        let text = "#!/bin/sh\nprintf '%s\\n' \"$*\" >>\(folder.path)/calls\n\(script)\n"
        try Executable.write(text, to: "\(folder.path)/gh")
    }

    private func connection() throws -> GitHubConnection {
        var connection = GitHubConnection(
            repository: try #require(GitHubStandIn.slug), memory: memory,
            environment: ["PATH": "\(folder.path):/usr/bin:/bin"], now: { Timestamp(seconds: 1000) })
        connection.dialect = .spoken(on: connection)
        return connection
    }

    private func calls() throws -> [String] {
        let bytes = try WholeFile.readIfPresent("\(folder.path)/calls", limitBytes: 1 << 16) ?? []
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test func `a program that does not say it is gh is asked plainly, and which it is once`() throws {
        try install("[ \"$1\" = --version ] || echo '[]'")
        for _ in 1...2 { #expect(try connection().dialect == .plain) }
        #expect(try calls() == ["--version"])
        try install("echo 'gh version 2.83.1 (2025-11-11)'")
        #expect(try connection().dialect == .full)
        #expect(try calls() == ["--version", "--version"])
    }

    @Test func `without gh, or with one that fails to say what it is, nothing is remembered`() throws {
        #expect(try connection().dialect == .full)
        try install("exit 1")
        for _ in 1...2 { #expect(try connection().dialect == .plain) }
        #expect(try calls().count == 2)
    }

    @Test(arguments: [
        (
            GitHubRequest(.get, "repos/o/r/issues?labels=a%2Fb&since=2026-01-01T00%3A00%3A00Z"),
            ["-X", "GET", "repos/o/r/issues", "-f", "labels=a/b", "-f", "since=2026-01-01T00:00:00Z"]
        ),
        (
            GitHubRequest(.post, "repos/o/r/issues", body: ["title": "x=1", "labels": ["a", "b"]]),
            ["-X", "POST", "repos/o/r/issues", "-f", "title=x=1", "-f", "labels[]=a", "-f", "labels[]=b"]
        ),
        (
            GitHubRequest(.patch, "repos/o/r/issues/1", body: ["labels": ["a"]]),
            ["-X", "PATCH", "repos/o/r/issues/1", "--input", "-"]
        ),
        (
            GitHubRequest(query: "q", variables: ["id": "N"]),
            [
                "-X", "POST", "graphql", "-H", "GraphQL-Features: sub_issues", "-f", "query=q", "-f", "id=N",
            ]
        ),
    ])
    func `a request becomes v0's arguments`(request: GitHubRequest, arguments: [String]) {
        #expect(request.plainArguments == arguments)
        #expect((request.plainInput != nil) == arguments.contains("--input"))
    }

    @Test(arguments: [
        ("echo 'gh: API rate limit exceeded (HTTP 403)' >&2; exit 1", "rateLimited"),
        ("echo 'secondary rate limit' >&2; exit 1", "rateLimited"),
        ("echo 'gh: Not Found (HTTP 404)' >&2; exit 1", "notFound"),
        ("exit 1", "notFound"),
        ("echo 'gh: Validation Failed (HTTP 422)' >&2; exit 1", "rejected"),
        ("echo 'Get \"https://api.github.com/\": dial tcp: no route' >&2; exit 1", "offline"),
        ("echo 'what?' >&2; exit 1", "broken"),
    ])
    func `a refusal is told by its words`(script: String, kind: String) throws {
        try install("[ \"$1\" = --version ] && exit; \(script)")
        let client = GitHubClient(try connection())
        #expect {
            try client.send(GitHubRequest(.get, "repos/octo/demo"))
        } throws: { "\($0)".hasPrefix(kind) }
    }

    @Test func `a stand-in without pages is not read for ever`() throws {
        let items = (1...2).map { #"{"number":\#($0),"updated_at":"2026-01-01T00:00:00Z"}"# }
        try install("[ \"$1\" = --version ] && exit; echo '[\(items.joined(separator: ","))]'")
        let client = GitHubClient(try connection())
        let first = try client.send(GitHubRequest(.get, "repos/octo/demo/issues?per_page=2"))
        #expect(first.nextPage == "repos/octo/demo/issues?per_page=2&page=2")
        #expect(try client.allItems(from: first).count == 2)
    }

    @Test func `a pull request is looked for, then opened`() throws {
        try install(
            """
            case "$2" in
            create) echo https://github.com/octo/demo/pull/7;;
            list) [ -e \(folder.path)/open ] && echo '[{"number":3,"url":"https://github.com/octo/demo/pull/3"}]';;
            esac
            exit 0
            """)
        let draft = PullRequestDraft(head: "work", base: "main", title: "A title", body: "text")
        #expect(try connection().forge.openPullRequest(draft).number == 7)
        try folder.write("", to: "open")
        #expect(try connection().forge.openPullRequest(draft).number == 3)
        #expect(try calls().contains { $0.hasPrefix("pr create --title A title --body text --base main") })
    }
}
