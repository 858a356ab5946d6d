import JSON
import OrchAdapters
import OrchCore
import Testing

@testable import Subprocess

struct GitHubResponseTests {
    @Test(arguments: [
        "", "\n", "{\"a\":1}", "gh: Not Found (HTTP 404)", "HTTP/1.1\n\n", "HTTP/1.1 OK\n\n",
        "HTTP/1.1 99 x\n\n",
        "HTTP/1.1 2000 x\n\n", "HTTP/1.1 200 OK", "XHTTP/1.1 200 OK\n\n",
    ])
    func `what does not begin with a status line is no answer`(output: String) {
        #expect(GitHubResponse(parsing: Array(output.utf8)) == nil)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\n\n", 200), ("HTTP/2.0 304 Not Modified\r\n\r\n", 304), ("HTTP/2 404\n\n", 404),
        ("HTTP/2.0 422 \n\n", 422), ("HTTP/1.1 200 OK\nNo-End: x", 200),
    ])
    func `reads the status of every HTTP version`(output: String, status: Int) {
        #expect(GitHubResponse(parsing: Array(output.utf8))?.status == status)
    }

    /// As gh 2.23 and 2.103 print it: LF behind the status line, CR LF behind the headers.
    private static let captured =
        "HTTP/2.0 200 OK\nContent-Type: application/json; charset=utf-8\r\n"
        + "Date: Mon, 23 Nov 2026 03:40:24 GMT\r\n"
        + "Etag: W/\"abc\"\r\nLink: <https://api.github.com/repositories/1/issues?page=2>; rel=\"next\", "
        + "<https://api.github.com/repositories/1/issues?page=5>; rel=\"last\"\r\n"
        + "X-Ratelimit-Remaining: 4999\r\n"
        + "X-Ratelimit-Reset: 1795409124\r\n\r\n[{\"title\":\"HTTP/1.1 500 in a title\"}]"

    @Test func `reads what gh prints`() throws {
        let response = try #require(GitHubResponse(parsing: Array(Self.captured.utf8)))
        #expect(response.status == 200)
        #expect(response.etag == "W/\"abc\"")
        #expect(response.nextPage == "https://api.github.com/repositories/1/issues?page=2")
        #expect(response.date == Timestamp(iso8601: "2026-11-23T03:40:24Z"))
        #expect(response.remaining == 4999)
        #expect(response.resetsAt == Timestamp(seconds: 1_795_409_124))
        #expect(response.retryAfter == nil)
        #expect(response.json == [["title": "HTTP/1.1 500 in a title"]])
    }

    @Test func `of several blocks of headers the last one counts`() throws {
        let output =
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 Connection established\r\nEtag: \"old\"\r\n\r\n"
            + "HTTP/2.0 404 Not Found\nX-Kind: last\r\n\r\n{\"message\":\"Not Found\"}"
        let response = try #require(GitHubResponse(parsing: Array(output.utf8)))
        #expect(
            response
                == GitHubResponse(
                    status: 404, headers: ["x-kind": "last"], json: ["message": "Not Found"]))
    }

    @Test func `a body that is no JSON leaves the status`() throws {
        let output = "HTTP/1.1 502 Bad Gateway\nContent-Type: text/html\r\n\r\n<html>Unicorn!</html>"
        let response = try #require(GitHubResponse(parsing: Array(output.utf8)))
        #expect(response.status == 502)
        #expect(response.json == nil)
        #expect(throws: TrackerError.broken(detail: "HTTP 502 with a body that is no JSON")) {
            try response.body()
        }
    }

    @Test(arguments: [
        ("", nil), ("<https://a/2>; rel=\"prev\"", nil), ("<https://a/2>; rel=\"next\"", "https://a/2"),
        ("<https://a/1>; rel=\"prev\", <https://a/3>; title=\"x\"; rel=\"next\"", "https://a/3"),
        ("<http://a/2>; rel=\"next\"", nil), ("https://a/2; rel=\"next\"", nil), ("<https://a/2>", nil),
    ])
    func `finds the next page in the Link header`(header: String, next: String?) {
        #expect(GitHubResponse(status: 200, headers: ["link": header]).nextPage == next)
    }

    @Test(arguments: ["", "yesterday", "Mon, 23 Foo 2026 03:40:24 GMT", "Mon, 23 Nov 2026 03:40:24 CET"])
    func `a date that is none is unknown`(text: String) {
        #expect(GitHubResponse(status: 200, headers: ["date": text]).date == nil)
    }
}

struct GitHubOutputTests {
    private func output(
        _ exit: Exit, _ text: String = "", error: String = "", truncated: Bool = false
    ) -> Output {
        Output(
            exit: exit, standardOutput: Array(text.utf8), standardError: Array(error.utf8),
            isOutputTruncated: truncated, isErrorTruncated: false, elapsed: .zero)
    }

    /// Standard error as captured from gh 2.23 and 2.103.
    @Test func `words of gh without an answer become typed errors`() {
        let login = "To get started with GitHub CLI, please run:  gh auth login\nAlternatively, populate …\n"
        let dial = "Get \"https://api.github.com/x\": dial unix /s: connect: no such file or directory\n"
        let connecting = "error connecting to api.github.com\ncheck your internet connection or …\n"
        let cases: [(Output, TrackerError)] = [
            (
                output(.exited(4), error: login),
                .notAuthenticated(detail: "To get started with GitHub CLI, please run:  gh auth login")
            ),
            (output(.exited(1), error: dial), .offline(detail: String(dial.dropLast()))),
            (output(.exited(1), error: connecting), .offline(detail: "error connecting to api.github.com")),
            (
                output(.exited(1), error: "Get \"https://api.github.com/drop\": EOF\n"),
                .offline(detail: "Get \"https://api.github.com/drop\": EOF")
            ),
            (output(.timedOut), .offline(detail: "no answer within 30s")),
            (
                output(.exited(1), "HTTP/1.1 200 OK\n\r\n{\"cut", error: "unexpected EOF\n"),
                .offline(detail: "unexpected EOF")
            ),
            (output(.exited(1), error: "unknown flag: --nope\n"), .broken(detail: "unknown flag: --nope")),
            (output(.signalled(9)), .broken(detail: "ended by signal 9 (Killed)")),
            (
                output(.exited(0), "HTTP/1.1 200 OK\n\n", truncated: true),
                .broken(detail: "an answer of more than 67108864 bytes")
            ),
        ]
        for (output, expected) in cases {
            #expect(throws: expected) { try GitHubClient.response(from: output) }
        }
    }

    @Test(arguments: [304, 404, 422])
    func `the status line counts, not gh's exit status`(status: Int) throws {
        let answer = output(.exited(1), "HTTP/2.0 \(status) X\n\r\n", error: "gh: HTTP \(status)\n")
        #expect(try GitHubClient.response(from: answer).status == status)
    }
}
