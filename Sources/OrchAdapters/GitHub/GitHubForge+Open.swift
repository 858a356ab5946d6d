import JSON
package import OrchCore

/// Calls each operation costs when all is well: a quiet list 1, one pull request 1, checks 1, a log 1,
/// remarks 1 (3 with threads), a diff 1 for each hundred files that are shown, a review 1 (2 where it may
/// exist), a merge 2, closing 1.
extension GitHubForge: PullRequests {
    /// Ten thousand open ones, in pages of a hundred.
    private static let openPageLimit = 100

    /// Each page with its ETag, so that GitHub answers a quiet list from memory, which costs no quota.
    package func open() throws(TrackerError) -> [TrackedPullRequest] {
        var address: String? = pulls.query([
            ("state", "open"), ("sort", "created"), ("direction", "asc"), ("per_page", "100"),
        ])
        var found: [TrackedPullRequest] = []
        for _ in 1...Self.openPageLimit {
            guard let page = address else { break }
            let (items, next) = try remembered(page)
            found += items.compactMap(TrackedPullRequest.init(pull:))
            address = next
        }
        return found
    }

    private func remembered(_ address: String) throws(TrackerError) -> ([JSONValue], next: String?) {
        let known = try recalled(address)
        var request = GitHubRequest(.get, address)
        if let known { request.headers.append("If-None-Match: \(known.etag)") }
        let response = try client.send(request, accepting: [304])
        if response.status == 304, let known, let items = try? JSONValue(parsing: known.body).array {
            return (items, known.next)
        }
        let items = try response.list().map(Self.abridged)
        if let etag = response.etag {
            let answer = CachedAnswer(
                etag: etag, body: JSONValue.array(items).text(), next: response.nextPage)
            do throws(StoreError) {
                try client.connection.memory.remember(answer, for: address, now: client.connection.now())
            } catch {
                throw .store(error)
            }
        }
        return (items, response.nextPage)
    }

    private func recalled(_ address: String) throws(TrackerError) -> CachedAnswer? {
        do throws(StoreError) { return try client.connection.memory.cachedAnswer(address) } catch {
            throw .store(error)
        }
    }

    /// Of each side's twenty kilobytes what is read here.
    private static func abridged(_ pull: JSONValue) -> JSONValue {
        func side(_ name: String) -> JSONValue {
            let side = pull[name]
            return ["ref": side["ref"], "sha": side["sha"], "repo": ["id": side["repo"]["id"]]]
        }
        var short: JSONObject = [
            "head": side("head"), "base": side("base"), "user": ["login": pull["user"]["login"]],
        ]
        for name in [
            "number", "node_id", "state", "title", "body", "html_url", "draft", "merged_at", "updated_at",
            "author_association",
        ] { short[name] = pull[name] }
        return .object(short)
    }

    package func pull(_ number: Int) throws(TrackerError) -> TrackedPullRequest? {
        let address = GitHubPath(repository, "pulls", "\(number)").description
        let response = try client.send(GitHubRequest(.get, address), accepting: [404])
        guard response.status != 404, let pull = TrackedPullRequest(pull: try response.body()) else {
            return nil
        }
        return pull.state == .open ? pull : nil
    }

    // MARK: - Changes

    /// GitHub lists at most three thousand files.
    private static let filePageLimit = 30

    /// From the list of files, which comes in pages where the diff as a whole is refused (more than 300
    /// files), and stops where the reader does.
    package func diff(of number: Int, lines: Int) throws(TrackerError) -> PullDiff {
        var address: String? = GitHubPath(repository, "pulls", "\(number)", "files").query([
            ("per_page", "100")
        ])
        var diff = DiffText(limit: lines)
        for _ in 1...Self.filePageLimit {
            guard let page = address, !diff.isFull else { break }
            let response = try client.send(GitHubRequest(.get, page))
            for file in try response.list() { diff.add(file) }
            address = response.nextPage
        }
        return PullDiff(text: diff.text, isCut: diff.isFull || address != nil)
    }
}

/// A diff put together file by file, up to a number of lines.
private struct DiffText {
    let limit: Int
    private var lines: [Substring] = []
    private(set) var isFull = false

    init(limit: Int) { self.limit = limit }

    var text: String { lines.joined(separator: "\n") }

    mutating func add(_ file: JSONValue) {
        let name = (file["filename"].string ?? "?").firstLine
        let old = file["previous_filename"].string?.firstLine ?? name
        let status = file["status"].string ?? "modified"
        add("diff --git a/\(old) b/\(name)")
        if status == "added" || status == "removed" || status == "renamed" { add("# \(status)") }
        guard let patch = file["patch"].string else {
            return add("# not shown: a binary file, or too large")
        }
        for line in patch.split(separator: "\n", omittingEmptySubsequences: false) { add(line) }
    }

    private mutating func add(_ line: some StringProtocol) {
        guard lines.count < limit else { return isFull = true }
        lines.append(Substring(line))
    }
}
