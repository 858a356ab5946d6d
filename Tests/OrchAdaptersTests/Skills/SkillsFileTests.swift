import OrchCore
import Platform
import Testing

@testable import OrchAdapters

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct SkillsFileTests {
    private let folder = ScratchFolder()

    private func file(_ text: String) throws -> SkillsFile {
        try AtomicFile.write(Array(text.utf8), to: "\(folder.path)/skills.yml")
        return try SkillsFile("\(folder.path)/skills.yml")
    }

    @Test func `repositories and their pins are read, as v0 writes them`() throws {
        let file = try file(
            """
            repositories:
              - name: ours
                url: https://example.org/skills
                description: Ours
                pin: 0123abc
              - {name: theirs, url: git@example.org:skills.git}
            skills: []
            """)
        #expect(
            file.sources == [
                SkillSource(name: "ours", url: "https://example.org/skills", pin: "0123abc"),
                SkillSource(name: "theirs", url: "git@example.org:skills.git", pin: nil),
            ])
        #expect(file.problems.isEmpty)
    }

    @Test(arguments: [
        "{name: ../up, url: https://x}", "{name: a/b, url: https://x}", "{url: https://x}", "{name: a}",
        "{name: a, url: 'ext::sh -c id'}", "{name: a, url: '--upload-pack=id'}",
        "{name: a, url: https://x, pin: --force}", "{name: .git, url: https://x}",
    ])
    func `an entry that could do harm is left out and said, and hinders no other`(entry: String) throws {
        let file = try file("repositories:\n  - \(entry)\n  - {name: good, url: https://x}\n")
        #expect(file.sources.map(\.name) == ["good"])
        #expect(file.problems.count == 1)
    }

    @Test(arguments: ["", "repositories:\n", "other: 1\n", "[]\n"])
    func `a file without repositories has none`(text: String) throws {
        #expect(try file(text).sources.isEmpty)
    }

    @Test func `what is no YAML is an error with its place`() {
        #expect(throws: ConfigError.self) { try file("repositories: [") }
    }

    @Test func `skills are found below a folder, and what cannot be read is left out`() throws {
        for (path, text) in [
            ("a/SKILL.md", "---\nname: A\ndescription: d\n---\n"), ("a/deep/b/SKILL.md", "no head"),
            (".hidden/c/SKILL.md", "x"), ("notes/README.md", "x"),
        ] {
            let place = "\(folder.path)/\(path)"
            try Directory.make(String(place[..<(place.lastIndex(of: "/") ?? place.startIndex)]))
            try AtomicFile.write(Array(text.utf8), to: place)
        }
        try Directory.make("\(folder.path)/bad")
        try AtomicFile.write([0xFF, 0xFE], to: "\(folder.path)/bad/SKILL.md")
        let skills = SkillFolder(folder.path).skills()
        #expect(skills.map(\.id) == ["a", "b"])
        #expect(skills.map(\.name) == ["A", "b"])
        #expect(SkillFolder("\(folder.path)/nowhere").skills().isEmpty)
    }

    @Test func `a skill that is a link, or no file, is none: it may lead to a person's keys`() throws {
        let secret = "\(folder.path)/secret"
        try AtomicFile.write(Array("secret".utf8), to: secret)
        try Directory.make("\(folder.path)/cloned/link")
        try Directory.make("\(folder.path)/cloned/pipe")
        #expect(symlink(secret, "\(folder.path)/cloned/link/SKILL.md") == 0)
        #expect(mkfifo("\(folder.path)/cloned/pipe/SKILL.md", 0o600) == 0)
        #expect(SkillFolder("\(folder.path)/cloned").skills().isEmpty)
    }
}
