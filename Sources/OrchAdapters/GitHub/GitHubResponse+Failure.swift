import JSON
package import OrchCore

/// Why an answer is none.
package enum GitHubFailure: Equatable, Sendable {
    case limited(RateLimitSign)
    case refused(TrackerError)
}

/// A rate limit as an answer shows it.
package struct RateLimitSign: Equatable, Sendable {
    package enum Kind: Sendable {
        /// The hour's quota of one resource is used up.
        case primary
        /// Too much at a time; it holds for every resource.
        case secondary
    }

    package let kind: Kind
    /// What the server asks for; nil where it does not say.
    package let until: Timestamp?
    /// The server's words.
    package let detail: String

    package init(kind: Kind, until: Timestamp?, detail: String) {
        self.kind = kind
        self.until = until
        self.detail = detail
    }
}

extension GitHubResponse {
    /// What went wrong; nil for an answer, 304 included.
    ///
    /// Told by the status, the headers and GraphQL's error types. GitHub marks some secondary limits by
    /// nothing but the `message` of its error, so that field of a 403 or 429 is looked at last, from its
    /// beginning.
    package func failure(of request: GitHubRequest, now: Timestamp) -> GitHubFailure? {
        if let sign = limit(now: now) { return .limited(sign) }
        switch status {
        case 200..<300: return request.resource == .graphql ? graphQLFailure : nil
        case 304: return nil
        case 401: return .refused(.notAuthenticated(detail: message))
        case 403: return .refused(.forbidden(detail: message))
        case 404, 410: return .refused(.notFound(what: request.subject))
        // A write is not redirected: the repository or issue has another address now.
        case 300..<400: return .refused(.notFound(what: "\(request.subject) (it was moved)"))
        case 400, 405, 409, 413, 415, 422, 451: return .refused(.rejected(detail: message))
        default: return .refused(.broken(detail: message))
        }
    }

    /// https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
    private func limit(now: Timestamp) -> RateLimitSign? {
        if status == 403 || status == 429 {
            if let retryAfter { return sign(.secondary, until: now + retryAfter) }
            if remaining == 0 { return sign(.primary, until: resetsAt) }
            if status == 429 || Self.limitMessages.contains(where: message.hasPrefix) {
                return sign(.secondary, until: nil)
            }
        }
        if errorTypes.contains(where: Self.limitTypes.contains) { return sign(.primary, until: resetsAt) }
        return nil
    }

    private static let limitTypes: Set = ["RATE_LIMITED", "RATE_LIMIT"]
    private static let limitMessages = [
        "You have exceeded a secondary rate limit", "You have triggered an abuse detection mechanism",
        "API rate limit exceeded",
    ]

    private func sign(_ kind: RateLimitSign.Kind, until: Timestamp?) -> RateLimitSign {
        RateLimitSign(kind: kind, until: until, detail: message)
    }

    /// GraphQL answers 200 whatever happened; https://spec.graphql.org/October2021/#sec-Errors
    private var graphQLFailure: GitHubFailure? {
        guard let errors = json?["errors"].array, !errors.isEmpty else { return nil }
        let detail = Self.cut(errors.compactMap { $0["message"].string }.joined(separator: "; "))
        switch errorTypes.first {
        case "NOT_FOUND": return .refused(.notFound(what: detail))
        case "FORBIDDEN", "INSUFFICIENT_SCOPES": return .refused(.forbidden(detail: detail))
        case "UNPROCESSABLE": return .refused(.rejected(detail: detail))
        default: return .refused(.broken(detail: detail))
        }
    }

    private var errorTypes: [String] { (json?["errors"].array ?? []).compactMap { $0["type"].string } }

    /// `HTTP 422: Validation Failed (name already_exists)`: the server's words, in one line.
    package var message: String {
        let words = json?["message"].string
        let errors = (json?["errors"].array ?? []).compactMap(Self.reason)
        let reasons = errors.isEmpty ? "" : " (\(errors.joined(separator: "; ")))"
        guard let words else { return "HTTP \(status)\(Self.cut(reasons))" }
        return Self.cut(words + reasons)
    }

    private static func reason(_ error: JSONValue) -> String? {
        error["message"].string ?? error.string
            ?? error["code"].string.map { code in error["field"].string.map { "\($0) \(code)" } ?? code }
    }

    /// Enough for a sentence; errors end in rows and on screens.
    private static let longestMessage = 300

    private static func cut(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count > longestMessage ? line.prefix(longestMessage) + "…" : line
    }
}

extension GitHubRequest {
    /// What a 404 says is not there.
    fileprivate var subject: String { String(path.prefix { $0 != "?" }) }
}
