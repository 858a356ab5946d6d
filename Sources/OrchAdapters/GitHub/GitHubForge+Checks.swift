import JSON
package import OrchCore

extension GitHubForge {
    /// As many at a time as GraphQL takes.
    private static let pullsPerQuery = 100
    /// A thousand checks of one commit.
    private static let checkPageLimit = 10

    package func checks(of pulls: [TrackedPullRequest]) throws(TrackerError) -> [Int: PullChecks] {
        var found: [Int: PullChecks] = [:]
        var rest = pulls.map(\.node).filter { !$0.isEmpty }[...]
        while !rest.isEmpty {
            let ids = rest.prefix(Self.pullsPerQuery)
            rest = rest.dropFirst(Self.pullsPerQuery)
            let data = try client.query(
                GitHubQueries.checks, ["pulls": .array(ids.map { .string($0) }), "after": .null])
            for node in data["nodes"].array ?? [] {
                guard let number = node["number"].int, let checks = try checks(of: node) else { continue }
                found[number] = checks
            }
        }
        return found
    }

    /// All pages of one pull request's checks; nil where nothing is checked at all.
    private func checks(of pull: JSONValue) throws(TrackerError) -> PullChecks? {
        var commit = pull["commits"]["nodes"][0]["commit"]
        guard let id = commit["oid"].string, let node = pull["id"].string else { return nil }
        var found: [PullCheck] = []
        for _ in 1...Self.checkPageLimit {
            let contexts = commit["statusCheckRollup"]["contexts"]
            found += (contexts["nodes"].array ?? []).compactMap(PullCheck.init(node:))
            guard contexts["pageInfo"]["hasNextPage"].bool == true else { break }
            let data = try client.query(
                GitHubQueries.checks, ["pulls": [.string(node)], "after": contexts["pageInfo"]["endCursor"]])
            commit = data["nodes"][0]["commits"]["nodes"][0]["commit"]
            // A push came in between: the next sync sees it whole.
            guard commit["oid"].string == id else { return nil }
        }
        var checks = PullChecks(commit: id, checks: found)
        checks.committedAt = commit["committedDate"].string.flatMap { Timestamp(iso8601: $0) }
        return checks
    }

    package func logTail(of check: PullCheck, bytes: Int) throws(TrackerError) -> String {
        guard let job = check.log else { return "" }
        let path = GitHubPath(repository, "actions", "jobs", "\(job)", "logs").description
        // Gone after some weeks, or never there; the name of what fails has to do then.
        let response = try client.send(GitHubRequest(.get, path), accepting: [403, 404, 410])
        guard response.status == 200 else { return "" }
        return LogText.tail(of: response.text, bytes: bytes)
    }
}

extension PullCheck {
    /// A check run or a status: https://docs.github.com/graphql/reference/unions#statuscheckrollupcontext
    fileprivate init?(node: JSONValue) {
        if node["__typename"].string == "StatusContext" {
            guard let name = node["context"].string else { return nil }
            self.init(name: name, state: Self.state(ofStatus: node["state"].string ?? ""))
            summary = node["description"].string ?? ""
            completedAt = node["createdAt"].string.flatMap { Timestamp(iso8601: $0) }
            return
        }
        guard let name = node["name"].string else { return nil }
        let isOver = node["status"].string == "COMPLETED"
        self.init(
            name: name, state: isOver ? Self.state(ofConclusion: node["conclusion"].string ?? "") : .pending)
        summary = node["title"].string ?? ""
        completedAt = node["completedAt"].string.flatMap { Timestamp(iso8601: $0) }
        // The id of a check run of Actions is that of its job.
        if node["checkSuite"]["app"]["slug"].string == "github-actions" { log = node["databaseId"].int }
    }

    private static func state(ofStatus word: String) -> State {
        switch word {
        case "SUCCESS": .passed
        case "FAILURE", "ERROR": .failed
        default: .pending
        }
    }

    private static func state(ofConclusion word: String) -> State {
        switch word {
        case "SUCCESS": .passed
        case "NEUTRAL", "SKIPPED": .ignored
        // A run that a newer one has pushed aside, or that waits for a person, says nothing about the work.
        case "CANCELLED", "STALE", "ACTION_REQUIRED", "": .pending
        default: .failed
        }
    }
}

/// The log of a job, for a reader.
enum LogText {
    /// The last lines that fit, without the times and the colours of the machine that wrote it.
    static func tail(of log: String, bytes: Int) -> String {
        var room = bytes
        var kept: [String] = []
        for line in log.split(whereSeparator: \.isNewline).reversed() {
            let text = plain(line)
            room -= text.utf8.count + 1
            if room < 0 { break }
            kept.append(text)
        }
        return kept.reversed().joined(separator: "\n")
    }

    /// `2026-02-03T04:05:06.1234567Z ` stands before each line.
    private static let stampLength = 29

    private static func plain(_ line: Substring) -> String {
        var line = line
        if let space = line.firstIndex(of: " "), line[..<space].utf8.count == stampLength - 1,
            line[..<space].hasSuffix("Z")
        {
            line = line[line.index(after: space)...]
        }
        return withoutColours(line)
    }

    /// Drops `ESC [ … letter` (ECMA-48) and whatever else is no text.
    private static func withoutColours(_ line: Substring) -> String {
        var text = ""
        var rest = line.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "\u{1B}", rest.first == "[" {
                rest = rest.dropFirst().drop { $0.value < 0x40 }.dropFirst()
            } else if scalar == "\t" || scalar.value >= 0x20 && scalar.value != 0x7F {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
