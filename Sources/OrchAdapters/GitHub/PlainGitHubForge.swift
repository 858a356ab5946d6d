import JSON
package import OrchCore
import Subprocess

/// Pull requests by `gh pr`, as v0 opens them, where `gh` speaks the plain dialect.
package struct PlainGitHubForge: Forge {
    let connection: GitHubConnection

    package init(_ connection: GitHubConnection) { self.connection = connection }

    /// Looks for an open one of that branch first, since a stand-in's refusal would not tell of it.
    package func openPullRequest(_ draft: PullRequestDraft) throws(TrackerError) -> PullRequest {
        if let open = try pullRequest(of: draft.head) { return open }
        let printed = try run([
            "create", "--title", GitHubTracker.fittedTitle(draft.title), "--body",
            HiddenMarker.fitted(draft.body), "--base", draft.base, "--head", draft.head,
        ])
        let url = printed.split(whereSeparator: \.isWhitespace).last { $0.hasPrefix("https://") }
        guard let url, let number = url.split(separator: "/").last.flatMap({ Int($0) }) else {
            throw .broken(detail: "`gh pr create` printed no address")
        }
        return PullRequest(number: number, url: String(url))
    }

    package func pullRequest(of branch: String) throws(TrackerError) -> PullRequest? {
        let text = try run([
            "list", "--head", branch, "--state", "open", "--json", "number,url,headRefName,state",
        ])
        // Nothing at all is what some stand-ins list, or the bare number.
        guard let listed = try? JSONValue(parsing: Array(text.utf8)) else { return nil }
        let own = (listed.array ?? []).first {
            ($0["headRefName"].string ?? branch) == branch && ($0["state"].string ?? "OPEN") == "OPEN"
        }
        guard let number = own?["number"].int ?? listed.int else { return nil }
        let url = own?["url"].string ?? "https://github.com/\(connection.repository)/pull/\(number)"
        return PullRequest(number: number, url: url)
    }

    /// Of the hundred newest; there is no ETag to compare.
    package func closedPullRequests(
        since moment: Timestamp, etag: String?
    ) throws(TrackerError) -> ClosedPullRequests? {
        let text = try run([
            "list", "--state", "all", "--limit", "100", "--json",
            "number,url,title,headRefName,headRefOid,baseRefName,state,updatedAt",
        ])
        let items = (try? JSONValue(parsing: Array(text.utf8)).array) ?? []
        let closed = items.compactMap(TrackedPullRequest.init(item:)).filter { $0.state != .open }
        return ClosedPullRequests(pulls: closed, etag: nil)
    }

    func run(_ arguments: [String]) throws(TrackerError) -> String {
        let command = Command("gh", arguments: ["pr"] + arguments + ["--repo", "\(connection.repository)"])
            .with {
                $0.environment = GitHubRequest.environment(from: connection.environment)
                $0.limits.timeout = GitHubRequest.timeout
            }
        let output: Output
        do throws(SubprocessError) { output = try command.run() } catch {
            if case .programMissing(let name, _) = error { throw .programMissing(name) }
            throw .broken(detail: error.problem)
        }
        if output.succeeded { return output.text }
        let words = output.errorText.split(whereSeparator: \.isNewline).first.map(String.init)
        throw .rejected(detail: words ?? output.exit.description)
    }
}

extension TrackedPullRequest {
    /// As `gh pr list --json` shows it; nil where it lacks what a pull request must have.
    fileprivate init?(item: JSONValue) {
        guard let number = item["number"].int, let head = item["headRefName"].string else { return nil }
        let state: State =
            switch item["state"].string {
            case "MERGED": .merged
            case "CLOSED": .closed
            default: .open
            }
        self.init(number: number, head: head, state: state)
        url = item["url"].string ?? ""
        title = item["title"].string ?? ""
        commit = item["headRefOid"].string ?? ""
        base = item["baseRefName"].string ?? ""
        updatedAt = item["updatedAt"].string.flatMap { Timestamp(iso8601: $0) } ?? updatedAt
    }
}
