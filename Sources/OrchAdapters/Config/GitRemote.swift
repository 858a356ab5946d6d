package import OrchCore
import Platform

/// The GitHub repository that a checkout or bare clone came from, read from its git configuration without
/// starting git.
///
/// Only the repository's own file is read: an `include`, or an `insteadOf` in the user's file, is not
/// followed; `gh.repo` says it then.
package enum GitRemote {
    private static let limitBytes = 4 << 20

    /// nil where there is no repository, no remote `origin`, or one that is not on GitHub.
    package static func repository(of directory: String) -> RepositorySlug? {
        guard let folder = GitDirectory(of: directory),
            // What cannot be read names no repository; git will say why when it is used.
            let bytes = try? WholeFile.read("\(folder.common)/config", limitBytes: limitBytes)
        else { return nil }
        return GitConfigText(String(decoding: bytes, as: UTF8.self)).originURL.flatMap(slug)
    }

    /// The repository in a URL as git takes it: `https://github.com/OWNER/NAME.git`,
    /// `ssh://git@github.com/…`, `git@github.com:OWNER/NAME`. See git-fetch(1), “GIT URLS”.
    package static func slug(of url: String) -> RepositorySlug? {
        guard let (host, path) = hostAndPath(of: url), isGitHub(host) else { return nil }
        var name = path[...]
        while name.hasPrefix("/") { name = name.dropFirst() }
        while name.hasSuffix("/") { name = name.dropLast() }
        if name.hasSuffix(".git") { name = name.dropLast(4) }
        return RepositorySlug(String(name))
    }

    private static func hostAndPath(of url: String) -> (host: Substring, path: Substring)? {
        if let colons = url.range(of: "://") {
            let rest = url[colons.upperBound...]
            guard
                ["https", "http", "ssh", "git", "git+ssh"].contains(url[..<colons.lowerBound].lowercased()),
                let slash = rest.firstIndex(of: "/")
            else { return nil }
            // USER:PASSWORD@HOST:PORT
            let host = afterUser(rest[..<slash]).prefix { $0 != ":" }
            return (host, rest[slash...])
        }
        // git takes a text for HOST:PATH when no slash stands before its first colon.
        guard let colon = url.firstIndex(of: ":"), !url[..<colon].contains("/") else { return nil }
        return (afterUser(url[..<colon]), url[colon...].dropFirst())
    }

    private static func afterUser(_ authority: Substring) -> Substring {
        authority.lastIndex(of: "@").map { authority[$0...].dropFirst() } ?? authority
    }

    /// `ssh.github.com` is GitHub's SSH on port 443.
    private static func isGitHub(_ host: Substring) -> Bool {
        ["github.com", "www.github.com", "ssh.github.com"].contains(host.lowercased())
    }
}

extension String {
    /// The first place of `text`, byte by byte.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
