package import JSON
package import OrchCore
package import Subprocess

/// Sends requests through `gh api`, one process each, and turns what comes back into an answer or a
/// `TrackerError`.
package struct GitHubClient {
    package let connection: GitHubConnection
    private let limits: GitHubRateLimits

    package init(_ connection: GitHubConnection) {
        self.connection = connection
        limits = GitHubRateLimits(connection)
    }

    /// Sends one request.
    ///
    /// While a limit holds, `gh` is not started at all.
    /// - Parameter accepting: statuses that are a result to the caller, where they would throw else.
    package func send(
        _ request: GitHubRequest, accepting: Set<Int> = []
    ) throws(TrackerError) -> GitHubResponse {
        if let wait = try limits.wait(for: request.resource) { try stay(until: wait) }
        var response = try exchange(request)
        if let wait = try noteLimit(in: response, to: request) {
            try stay(until: wait)
            response = try exchange(request)
            if let wait = try noteLimit(in: response, to: request) { throw Self.limited(wait) }
        }
        if response.status < 500 { try limits.noteSuccess(response, of: request.resource) }
        guard !accepting.contains(response.status) else { return response }
        if case .refused(let error) = response.failure(of: request, now: connection.now()) { throw error }
        return response
    }

    /// Runs a GraphQL operation.
    /// - Returns: its `data`.
    package func query(_ text: String, _ variables: JSONObject) throws(TrackerError) -> JSONValue {
        try send(GitHubRequest(query: text, variables: variables)).body()["data"]
    }

    /// At most so many pages are followed: 50,000 issues.
    package static let pageLimit = 500

    /// The items of `first` and of all pages after it.
    /// - Throws: `unsupported` beyond `pageLimit`.
    package func allItems(from first: GitHubResponse) throws(TrackerError) -> [JSONValue] {
        var items = try first.list()
        var next = first.nextPage
        var last = first
        for _ in 1..<Self.pageLimit {
            guard let address = next else { return items }
            let response = try send(GitHubRequest(.get, address))
            // A stand-in that knows no pages gives the first one for ever.
            if response.json == last.json { return items }
            last = response
            items += try response.list()
            next = response.nextPage
        }
        guard next == nil else {
            throw .unsupported(
                "more than \(Self.pageLimit) pages; `gh.sync_label` narrows the issues that are tasks")
        }
        return items
    }

    // Rate limits

    private func noteLimit(
        in response: GitHubResponse, to request: GitHubRequest
    ) throws(TrackerError) -> GitHubRateLimits.Wait? {
        guard case .limited(let sign) = response.failure(of: request, now: connection.now()) else {
            return nil
        }
        return try limits.note(sign, of: request.resource)
    }

    /// Waits where that is wanted and not too long; else throws.
    private func stay(until wait: GitHubRateLimits.Wait) throws(TrackerError) {
        let length = wait.until.since(connection.now())
        guard connection.whenLimited == .wait, length <= connection.backoff.maximum else {
            throw Self.limited(wait)
        }
        connection.pause(length)
    }

    private static func limited(_ wait: GitHubRateLimits.Wait) -> TrackerError {
        .rateLimited(until: wait.until, detail: wait.reason)
    }

    // The process

    private func exchange(_ request: GitHubRequest) throws(TrackerError) -> GitHubResponse {
        let output: Output
        do throws(SubprocessError) {
            let dialect = connection.dialect
            output = try request.command(environment: connection.environment, dialect: dialect).run()
        } catch {
            if case .programMissing(let name, _) = error { throw .programMissing(name) }
            throw .broken(detail: error.problem)
        }
        guard connection.dialect == .plain else { return try Self.response(from: output) }
        guard output.exit != .timedOut, let response = GitHubResponse(plain: output, to: request) else {
            throw Self.failure(of: output)
        }
        return response
    }

    /// The answer in what `gh` printed. Its exit status tells little: it is 1 for 304, 404 and 422 alike.
    package static func response(from output: Output) throws(TrackerError) -> GitHubResponse {
        if output.isOutputTruncated {
            throw .broken(detail: "an answer of more than \(GitHubRequest.outputLimitBytes) bytes")
        }
        guard output.exit != .timedOut, let response = GitHubResponse(parsing: output.standardOutput) else {
            throw failure(of: output)
        }
        // The connection broke within the body.
        if (200..<300).contains(response.status), response.json == nil, !output.succeeded {
            throw failure(of: output)
        }
        return response
    }

    /// gh's own exit status for “not logged in”: gh-help-exit-codes(1).
    private static let exitNotAuthenticated = Exit.exited(4)

    /// Why there was no answer, by gh's own words on standard error.
    private static func failure(of output: Output) -> TrackerError {
        let lines = output.errorText.split(whereSeparator: \.isNewline).map(String.init)
        let words = lines.first ?? output.exit.description
        if output.exit == .timedOut {
            return .offline(detail: "no answer within \(GitHubRequest.timeout.brief)")
        }
        if output.exit == exitNotAuthenticated { return .notAuthenticated(detail: words) }
        return lines.contains(where: isNetworkTrouble) ? .offline(detail: words) : .broken(detail: words)
    }

    /// `Get "https://api.github.com/…": dial tcp: …`, as Go's net/url words every failure below HTTP, or gh's
    /// summary.
    private static func isNetworkTrouble(_ line: String) -> Bool {
        let methods = ["Get", "Post", "Put", "Patch", "Delete"]
        return line.hasPrefix("error connecting to ") || line.hasPrefix("unexpected EOF")
            || line.hasPrefix("read tcp ") || methods.contains { line.hasPrefix("\($0) \"https://") }
    }
}
