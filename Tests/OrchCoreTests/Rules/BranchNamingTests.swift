import KitTesting
import Testing

@testable import OrchCore

struct BranchNamingTests {
    private func key(_ id: String, _ backend: TaskKey.Backend = .github) -> TaskKey {
        TaskKey(project: .init(rawValue: "/p"), backend: backend, id: id)
    }

    @Test(arguments: [
        ("", "gh-task-42-"),
        ("🚀🚀", "gh-task-42-"),
        ("日本語", "gh-task-42-"),
        ("---", "gh-task-42-"),
        ("Fix the login", "gh-task-42-fix-the-login"),
        ("  [Bug]: Größe & co. ", "gh-task-42-bug-gr-e-co"),
        ("$(rm -rf ~)", "gh-task-42-rm-rf"),
        ("../../etc/passwd.lock", "gh-task-42-etc-passwd-lock"),
        ("a\nb\tc\0d", "gh-task-42-a-b-c-d"),
        (
            "Thirty nine bytes of title, just so long yes",
            "gh-task-42-thirty-nine-bytes-of-title-just-so-long-"
        ),
        // v0 cuts here too, and keeps a dash at the end.
        (
            "An issue whose title is forty bytes long and more",
            "gh-task-42-an-issue-whose-title-is-forty-bytes-long"
        ),
        (
            "1234567890123456789012345678901234567890123",
            "gh-task-42-1234567890123456789012345678901234567890"
        ),
    ])
    func `an issue's branch is named by its number and title`(title: String, branch: String) {
        #expect(BranchNaming.branch(for: key("42"), title: title) == branch)
    }

    @Test func `an internal task's branch is named by its id`() {
        #expect(BranchNaming.branch(for: key("i7", .internal), title: "Tidy up") == "task-i7-tidy-up")
    }

    @Test func `whatever the title, the name is one plain word of bounded length`() {
        var generator = SeededGenerator(seed: 42)
        let pieces = [
            "a", "Z", "9", "-", " ", ".", "/", "..", ".lock", "@{", "~", "^", ":", "\\", "é", "🚀", "\u{7F}",
            "\0",
        ]
        for _ in 0..<2_000 {
            let count = Int.random(in: 0...60, using: &generator)
            let title = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let name = BranchNaming.branch(for: key("42"), title: title)
            #expect(name.utf8.count <= "gh-task-42-".utf8.count + BranchNaming.slugLimitBytes)
            #expect(name.hasPrefix("gh-task-42") && !name.contains("--"))
            #expect(name.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains($0) })
        }
    }
}
