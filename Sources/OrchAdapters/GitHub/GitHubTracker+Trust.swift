import JSON
package import OrchCore

extension GitHubTracker {
    /// Owner and allowed logins by name, others by their permission on the repository, as it stood within the
    /// last hour; nobody else.
    /// - Throws: `forbidden` where the account itself lacks the right to ask.
    package func mayWrite(_ login: String) throws(TrackerError) -> Bool {
        if isNamedTrusted(login) { return true }
        guard Self.isPerson(login) else { return false }
        let path = GitHubPath(repository, "collaborators", login.lowercased(), "permission").description
        if let known = try connection.recall(path), let until = known["until"].int,
            connection.now() < Timestamp(seconds: until), let answer = known["mayWrite"].bool
        {
            return answer
        }
        let response = try client.send(GitHubRequest(.get, path), accepting: [404])
        // `permission` says “write” for the finer roles that include it.
        let permission = response.status == 404 ? "none" : try response.body()["permission"].string
        let answer = permission == "admin" || permission == "write"
        let until = connection.now() + (answer ? Self.yesLifetime : Self.noLifetime)
        try connection.remember(["until": .int(Int64(until.seconds)), "mayWrite": .bool(answer)], as: path)
        return answer
    }

    /// How GitHub says an author stands to the repository, where write access is possible.
    static let insiders: Set = ["OWNER", "MEMBER", "COLLABORATOR"]

    /// How long a person who lost the permission may still be trusted.
    private static let yesLifetime = Duration.seconds(3600)
    /// Shorter: who was just let in does not want to wait.
    private static let noLifetime = Duration.seconds(300)

    /// The repository's owner and the configured logins, compared as GitHub does: without regard to case.
    func isNamedTrusted(_ login: String) -> Bool {
        guard !login.isEmpty else { return false }
        let named = [repository.owner] + connection.allowedAuthors
        return named.contains { $0.lowercased() == login.lowercased() }
    }

    /// Whether this can be a person's login: apps end in `[bot]`, deleted accounts are all called ghost.
    private static func isPerson(_ login: String) -> Bool {
        guard login != TrackedTask.ghost, (1...longestLogin).contains(login.utf8.count) else { return false }
        return login.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
            default: false
            }
        }
    }

    /// 39 on github.com; managed accounts carry their company's short code behind it.
    private static let longestLogin = 64
}
