import SHA2

/// What of a repository's own configuration has git, on fetch and push, start a program or talk to somebody
/// else: git-config(1), read by section.
///
/// An agent can write that file. The configuration of the user and of the system is theirs, and not looked
/// at.
enum GitSettings {
    /// - Parameter text: `git config --list --includes --show-scope -z`.
    /// - Returns: the names, each with a digest of its values: some hold a password.
    static func bearingOnNetwork(in text: [UInt8]) -> [String: String] {
        let fields = text.split(separator: 0, omittingEmptySubsequences: false)
        var values: [String: [UInt8]] = [:]
        for (scope, setting) in zip(fields, fields.dropFirst()).enumerated()
            .filter({ $0.offset.isMultiple(of: 2) }).map(\.element)
        where ["local", "worktree"].contains(String(decoding: scope, as: UTF8.self)) {
            // A setting without `=` has no newline and no value.
            let parts = setting.split(separator: UInt8(ascii: "\n"), maxSplits: 1)
            guard let name = parts.first.map({ String(decoding: $0, as: UTF8.self) }), bears(name) else {
                continue
            }
            values[name, default: []] += Array(parts.dropFirst().first ?? []) + [0]
        }
        return values.mapValues { String(Hexadecimal.encode(SHA256.hash($0)).prefix(16)) }
    }

    /// - Parameter name: `SECTION.KEY` or `SECTION.SUBSECTION.KEY`; git gives section and key in lower case.
    private static func bears(_ name: String) -> Bool {
        let section = name.prefix { $0 != "." }
        let key = name.reversed().prefix { $0 != "." }.reversed()
        switch section {
        case "core": return programs.contains(String(key))
        case "remote":
            return bears(remote: name.dropFirst(section.count + 1).dropLast(key.count + 1), String(key))
        default: return sections.contains(String(section)) || others.contains(name)
        }
    }

    /// Where another remote than origin is, and what any is fetched to, matters to nobody; but one that is
    /// named like an address stands for that address.
    private static func bears(remote: Substring, _ key: String) -> Bool {
        if inert.contains(key) { return false }
        let isAddress = remote.contains { "/:@".contains($0) }
        return remote == "origin" || isAddress || !["url", "pushurl"].contains(key)
    }

    private static let sections: Set = [
        "credential", "http", "https", "include", "includeif", "protocol", "ssh", "url",
    ]
    /// Those of a section that holds nothing else of the kind. A bundle is fetched before the remote is.
    private static let others: Set = ["extensions.partialclone", "fetch.bundleuri"]
    private static let programs: Set = ["sshcommand", "gitproxy", "askpass", "alternaterefscommand"]
    private static let inert: Set = [
        "fetch", "tagopt", "prune", "prunetags", "mirror", "skipdefaultupdate", "skipfetchall", "gh-resolved",
    ]
}
