import JSON
import OrchAdapters
import OrchCore
import Subprocess
import Testing

struct GitHubRequestTests {
    private let common = [
        "-H", "Accept: application/vnd.github+json", "-H", "X-GitHub-Api-Version: 2022-11-28",
    ]

    @Test func `a read is a command without input`() throws {
        let slug = try #require(RepositorySlug("octo/demo"))
        let request = GitHubRequest(.get, GitHubPath(slug, "issues", "7").description)
        let command = request.command(environment: ["PATH": "/bin"])
        #expect(command.program == "gh")
        #expect(command.arguments == ["api", "-i", "-X", "GET", "repos/octo/demo/issues/7"] + common)
        #expect(command.input == .none)
        #expect(command.limits.timeout == .seconds(30))
        #expect(
            command.environment == [
                "PATH": "/bin", "GH_PROMPT_DISABLED": "1", "GH_NO_UPDATE_NOTIFIER": "1", "NO_COLOR": "1",
            ])
    }

    @Test func `text by people goes by standard input, never by the arguments`() {
        let secret = "SECRET \u{1F680} \"quoted\"\nline"
        let body: JSONValue = ["body": .string(secret)]
        let command = GitHubRequest(.post, "repos/octo/demo/issues/7/comments", body: body).command(
            environment: [:])
        #expect(command.arguments.suffix(2) == ["--input", "-"])
        #expect(!command.arguments.contains { $0.contains("SECRET") })
        #expect(command.input == .bytes(body.utf8()))
    }

    @Test func `a GraphQL operation carries its variables and the switch for sub-issues`() {
        let request = GitHubRequest(query: "query Q($n: Int!) { x }", variables: ["n": 7])
        #expect(request.resource == .graphql)
        let command = request.command(environment: [:])
        #expect(
            command.arguments == ["api", "-i", "-X", "POST", "graphql"] + common
                + ["-H", "GraphQL-Features: sub_issues", "--input", "-"])
        #expect(command.input == .text(#"{"query":"query Q($n: Int!) { x }","variables":{"n":7}}"#))
    }

    @Test func `what makes gh colour, page or chat is taken away`() {
        let loud = [
            "CLICOLOR_FORCE": "1", "GH_FORCE_TTY": "80", "GH_DEBUG": "api", "DEBUG": "1", "HOME": "/h",
        ]
        let command = GitHubRequest(.get, "user").command(environment: loud)
        #expect(
            Set(command.environment.values.keys)
                == ["HOME", "GH_PROMPT_DISABLED", "GH_NO_UPDATE_NOTIFIER", "NO_COLOR"])
    }

    @Test(arguments: [
        ("status:new", "status%3Anew"), ("a/b c", "a%2Fb%20c"), ("../..", "..%2F.."),
        ("{owner}", "%7Bowner%7D"),
        ("ä🚀", "%C3%A4%F0%9F%9A%80"), ("a?b&c=d#e%", "a%3Fb%26c%3Dd%23e%25"), ("A-z_0.9~", "A-z_0.9~"),
    ])
    func `no text can change an address`(text: String, encoded: String) throws {
        let slug = try #require(RepositorySlug("octo/demo"))
        #expect(GitHubPath(slug, "labels", text).description == "repos/octo/demo/labels/\(encoded)")
        #expect(GitHubPath(slug).query([("q", text)]) == "repos/octo/demo?q=\(encoded)")
    }
}

struct GitHubCursorTests {
    @Test(arguments: ["", "x", "2026-11-23", "17", "W/\"abc\""]) func `anything else is no cursor`(
        text: String
    ) {
        #expect(GitHubCursor(text) == nil)
    }

    @Test(arguments: ["2026-11-23T03:40:24Z", "2026-11-23T03:40:24Z W/\"a b c\""])
    func `a cursor reads back as it was written`(text: String) throws {
        #expect(try #require(GitHubCursor(text)).text == text)
    }
}

struct HiddenMarkerTests {
    @Test(arguments: ["run-1", "job:nightly/2026-11-23T03:00", "a.b_c"])
    func `a plain key is readable`(key: String) {
        #expect(HiddenMarker(key: key).description == "<!-- orch:key:\(key) -->")
    }

    @Test(arguments: ["a -->", "a--b", "line\nbreak", "ü", String(repeating: "k", count: 201)])
    func `no key ends the comment it is hidden in`(key: String) {
        let marker = HiddenMarker(key: key).description
        #expect(marker.utf8.count == "<!-- orch:key: -->".utf8.count + 64)
        #expect(!marker.dropFirst(4).dropLast(3).contains("--"))
    }

    @Test func `one key is never found inside another`() {
        #expect(
            !HiddenMarker(key: "run-10").appended(to: "x").contains(HiddenMarker(key: "run-1").description))
    }

    @Test func `a text that is too long loses its end and never the marker`() {
        let text = String(repeating: "🚀", count: 70_000)
        let marked = HiddenMarker(key: "run-1").appended(to: text)
        #expect(marked.unicodeScalars.count == HiddenMarker.longestText)
        #expect(marked.hasSuffix("\n\n<!-- orch:key:run-1 -->"))
        #expect(HiddenMarker.fitted("short") == "short")
        #expect(HiddenMarker.fitted(String(repeating: "é", count: 65_536)).unicodeScalars.count == 65_536)
    }
}
