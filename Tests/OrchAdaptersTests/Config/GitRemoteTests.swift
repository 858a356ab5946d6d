import OrchCore
import Platform
import Testing

@testable import OrchAdapters

@Suite struct GitRemoteTests {
    @Test(arguments: [
        "", "github.com", "https://github.com", "https://github.com/", "https://github.com/a",
        "https://github.com/a/b/c",
        "https://gitlab.com/a/b", "https://github.com.evil.org/a/b", "https://evilgithub.com/a/b",
        "git@gitlab.com:a/b.git",
        "/srv/github.com:a/b", "../a/b", "file:///srv/a/b.git", "git@github.com:a",
        "https://user@evil.org/github.com/a/b",
        "https://github.com@evil.org/a/b", "git@github.com:../b", "ftp://github.com/a/b",
    ])
    func `what is not on GitHub names no repository`(url: String) {
        #expect(GitRemote.slug(of: url) == nil)
    }

    @Test(arguments: [
        "https://github.com/a/b", "https://github.com/a/b.git", "https://github.com/a/b/",
        "http://github.com/a/b.git/",
        "https://ann:secret@github.com/a/b.git", "https://GitHub.com/a/b", "https://www.github.com/a/b",
        "ssh://git@github.com/a/b.git", "ssh://git@github.com:22/a/b.git",
        "ssh://git@ssh.github.com:443/a/b.git",
        "git://github.com/a/b.git", "git@github.com:a/b.git", "git@github.com:/a/b", "github.com:a/b",
        "git+ssh://git@github.com/a/b",
    ])
    func `every form of a GitHub address is understood`(url: String) {
        #expect(GitRemote.slug(of: url) == RepositorySlug("a/b"))
    }

    @Test(
        arguments: [
            ("", nil), ("[remote \"upstream\"]\nurl = u\n", nil), ("[remote \"Origin\"]\nurl = u\n", nil),
            ("[remote \"origin\"]\n[other]\nurl = u\n", nil), ("# [remote \"origin\"]\nurl = u\n", nil),
            ("[remote \"origin\"]\n#url = no\n\tpushurl = p\n\turl = u\n\turl = second\n", "u"),
            ("[REMOTE \"origin\"]\r\n\tURL=u\r\n", "u"), ("[remote \"origin\"] url = u\n", "u"),
            ("[remote \"origin\"]\nurl = \"u#1\" # comment\n", "u#1"),
            ("[remote \"origin\"]\nurl = u v  ; comment\n", "u v"),
            ("[remote \"origin\"]\nurl = a\\\nb\n", "ab"),
            ("[remote \"origin\"]\nurl = a\\\\b\\\"c\n", "a\\b\"c"),
            (
                "[core]\n\tbare = false\n"
                    + "[remote \"origin\"]\n\tfetch = +refs/heads/*\n\turl = u\n[branch \"x\"]\n",
                "u"
            ),
        ] as [(String, String?)])
    func `origin’s address is read as git reads it`(text: String, expected: String?) {
        #expect(GitConfigText(text).originURL == expected)
    }

    @Test func `checkouts, worktrees and bare clones all lead to it`() throws {
        let sandbox = try ConfigSandbox()
        let config = "[remote \"origin\"]\n\turl = git@github.com:a/b.git\n"
        try sandbox.gitFolder("main/.git", config: config)
        try sandbox.gitFolder("bare.git", config: config)
        try sandbox.write("gitdir: \(sandbox.path("main/.git/worktrees/one"))\n", to: "one/.git")
        try sandbox.write("../..\n", to: "main/.git/worktrees/one/commondir")
        try sandbox.write("ref: refs/heads/one\n", to: "main/.git/worktrees/one/HEAD")
        for name in ["main", "bare.git", "one"] {
            #expect(GitRemote.repository(of: sandbox.path(name)) == RepositorySlug("a/b"), "\(name)")
        }
        try Directory.make(sandbox.path("plain"))
        #expect(GitRemote.repository(of: sandbox.path("plain")) == nil)
        #expect(GitRemote.repository(of: sandbox.path("missing")) == nil)
    }
}
