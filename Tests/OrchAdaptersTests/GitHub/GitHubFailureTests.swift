import JSON
import OrchAdapters
import OrchCore
import Testing

struct GitHubFailureTests {
    private static let now = Timestamp(seconds: 1_000_000)
    private static let rest = GitHubRequest(.get, "repos/octo/demo/issues/7?page=2")
    private static let graphql = GitHubRequest(query: "{ viewer { login } }", variables: [:])

    private func failure(
        _ status: Int, _ headers: [String: String] = [:], _ json: JSONValue? = nil,
        of request: GitHubRequest = rest
    ) -> GitHubFailure? {
        GitHubResponse(status: status, headers: headers, json: json).failure(of: request, now: Self.now)
    }

    @Test(arguments: [200, 201, 204, 304]) func `an answer is no failure`(status: Int) {
        #expect(failure(status) == nil)
    }

    @Test func `statuses become typed errors with the server's words`() {
        let words: JSONValue = ["message": "Some words", "errors": [["field": "name", "code": "invalid"]]]
        let detail = "Some words (name invalid)"
        #expect(failure(401, [:], words) == .refused(.notAuthenticated(detail: detail)))
        #expect(failure(403, [:], words) == .refused(.forbidden(detail: detail)))
        #expect(failure(404) == .refused(.notFound(what: "repos/octo/demo/issues/7")))
        #expect(failure(410) == .refused(.notFound(what: "repos/octo/demo/issues/7")))
        #expect(failure(301) == .refused(.notFound(what: "repos/octo/demo/issues/7 (it was moved)")))
        #expect(failure(422, [:], words) == .refused(.rejected(detail: detail)))
        #expect(failure(500, [:], words) == .refused(.broken(detail: detail)))
        #expect(failure(502) == .refused(.broken(detail: "HTTP 502")))
    }

    @Test func `a used-up quota is a primary limit until its reset`() {
        for status in [403, 429] {
            let sign = failure(
                status, ["x-ratelimit-remaining": "0", "x-ratelimit-reset": "1000600"],
                ["message": "API rate"])
            #expect(
                sign
                    == .limited(
                        RateLimitSign(
                            kind: .primary, until: Timestamp(seconds: 1_000_600), detail: "API rate")))
        }
    }

    @Test func `Retry-After is a secondary limit for that long`() {
        let sign = failure(403, ["retry-after": "60", "x-ratelimit-remaining": "4000"], ["message": "Wait"])
        #expect(
            sign
                == .limited(
                    RateLimitSign(
                        kind: .secondary, until: Timestamp(seconds: 1_000_060), detail: "Wait")))
    }

    @Test func `a limit that only its message tells has no moment`() {
        let words = "You have exceeded a secondary rate limit. Please wait a few minutes."
        let limit = GitHubFailure.limited(RateLimitSign(kind: .secondary, until: nil, detail: words))
        #expect(failure(403, ["x-ratelimit-remaining": "4000"], ["message": .string(words)]) == limit)
    }

    /// A title with “rate limit” in it once put a whole system to sleep for hours.
    @Test(arguments: [
        "Issue “API rate limit exceeded” cannot be changed", "Resource not accessible: secondary rate limit",
        "403 429 rate limit",
    ])
    func `words about limits inside a message are no limit`(message: String) {
        #expect(failure(403, [:], ["message": .string(message)]) == .refused(.forbidden(detail: message)))
        #expect(failure(422, [:], ["message": .string(message)]) == .refused(.rejected(detail: message)))
        #expect(failure(200, [:], ["body": .string(message)]) == nil)
    }

    @Test(arguments: [
        (
            "RATE_LIMITED",
            GitHubFailure.limited(RateLimitSign(kind: .primary, until: nil, detail: "HTTP 200 (m)"))
        ),
        ("RATE_LIMIT", .limited(RateLimitSign(kind: .primary, until: nil, detail: "HTTP 200 (m)"))),
        ("NOT_FOUND", .refused(.notFound(what: "m"))), ("FORBIDDEN", .refused(.forbidden(detail: "m"))),
        ("INSUFFICIENT_SCOPES", .refused(.forbidden(detail: "m"))),
        ("UNPROCESSABLE", .refused(.rejected(detail: "m"))), ("SOMETHING", .refused(.broken(detail: "m"))),
    ])
    func `GraphQL's errors are told by their type`(type: String, expected: GitHubFailure) {
        let body: JSONValue = ["data": .null, "errors": [["type": .string(type), "message": "m"]]]
        #expect(failure(200, [:], body, of: Self.graphql) == expected)
    }

    @Test func `a GraphQL error without a type is a mistake in the query`() {
        let body: JSONValue = ["errors": [["message": "Field 'x' doesn't exist"]]]
        #expect(
            failure(200, [:], body, of: Self.graphql) == .refused(.broken(detail: "Field 'x' doesn't exist")))
    }

    @Test func `a message is one line of bounded length`() {
        let words = String(repeating: "é\n", count: 1000)
        guard case .refused(.rejected(let detail)) = failure(422, [:], ["message": .string(words)]) else {
            Issue.record("no refusal")
            return
        }
        #expect(detail.count == 301)
        #expect(!detail.contains("\n"))
    }
}
