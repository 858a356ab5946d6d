import Testing

/// Rules about single files: each catches what it is there for, and lets go what only looks like it.
struct CodeRulesTests {
    private func source(_ text: String, at path: String = "Sources/OrchEngine/A.swift") -> SwiftFile {
        SwiftFile(path: path, text)
    }

    @Test(arguments: [
        "let a = try! b()", "let a = b as! C", "final class A: @unchecked Sendable {}",
        "nonisolated(unsafe) var a = 1", "public struct A {}", "fatalError(\"no\")", "let a = Date()",
        "let a = Process()", "let a = Foundation.Process.self", "Task { a() }", "func a() async {}",
        "await a()",
        "DispatchQueue.main.sync {}", "print(a)", "Swift.sleep(1)", "usleep(10)", "_ = poll(nil, 0, 5)",
        "let a = WallClock.unixSeconds()", "let a = \"\\(try! b())\"",
    ])
    func `words that we do without are caught`(text: String) {
        #expect(BannedWords.inCode(of: source("\n" + text)).map(\.line) == [2])
    }

    @Test(arguments: [
        "// try! this: print(Date())", "let a = \"fatalError(1), try!\"", "let a = b.print()",
        "func print() {}\nprint()",
        "struct Output { let async: Bool }", "a.async", "try !b()", "let process = ProcessTree()",
        "let sleepers = 1",
        "a(await: 1)",
    ])
    func `what only looks like them is not`(text: String) {
        #expect(BannedWords.inCode(of: source(text)) == [])
    }

    @Test(arguments: [
        ("usleep(1)", "Sources/OrchCommands/Pausing.swift", 0),
        ("nanosleep(&a, nil)", "Sources/OrchAdapters/Waiting/GrowingPause.swift", 0),
        ("usleep(1)", "Sources/OrchCommands/Other.swift", 1),
        ("print(a)", "Sources/OrchCommands/Console.swift", 0),
        ("await a()", "Tests/OrchCoreTests/ATests.swift", 0),
        ("sleep(1)", "Tests/OrchCoreTests/ATests.swift", 1),
        ("usleep(1)", "Tests/OrchCoreTests/ATests.swift", 1),
        ("@Suite(.timeLimit(.minutes(1)))", "Tests/OrchCoreTests/ATests.swift", 1),
        ("settings.timeLimit(for: .simple)", "Tests/OrchCoreTests/ATests.swift", 0),
        ("WallClock.unixSeconds()", "Sources/OrchCommands/Live/Live.swift", 0),
        ("try! a()", "Tests/OrchCoreTests/ATests.swift", 1),
    ])
    func `where a word may stand is known`(text: String, path: String, count: Int) {
        #expect(BannedWords.inCode(of: source(text, at: path)).count == count)
    }

    @Test(arguments: [
        ("// TODO: later", 1), ("/// FIXME", 1), ("/* XXX */", 1), ("// the TODOIST app", 0),
        ("let a = \"TODO\"", 0),
    ])
    func `unfinished work is caught`(text: String, count: Int) {
        #expect(BannedWords.inComments(of: source(text)).count == count)
    }

    @Test(arguments: [
        ("import Foundation", 1), ("import FoundationEssentials", 1), ("import FoundationNetworking", 1),
        ("#if os(Linux)\nimport FoundationEssentials\n#endif", 1), ("import FoundationX\nlet a = 1", 1),
        (
            """
            #if canImport(FoundationEssentials)
                package import FoundationEssentials
            #else
                package import Foundation
            #endif
            """, 0
        ),
        ("// import Foundation\nimport Found", 0),
    ])
    func `Foundation is caught outside of its guard`(text: String, count: Int) {
        #expect(FoundationImports.areGuarded(in: source(text)).count == count)
    }

    @Test func `a file may have 400 lines and no more`() {
        let line = "let a = 1\n"
        #expect(Sizes.files(in: source(String(repeating: line, count: 400))) == [])
        #expect(Sizes.files(in: source(String(repeating: line, count: 401))).map(\.line) == [401])
    }

    @Test func `a function may have 60 lines and no more`() {
        func file(_ count: Int) -> SwiftFile {
            source("\nfunc a() {\n" + String(repeating: "b()\n", count: count - 2) + "}\n")
        }
        #expect(Sizes.functions(in: file(60)) == [])
        #expect(Sizes.functions(in: file(61)).map(\.line) == [2])
        let text = "let a = \"\"\"\n" + String(repeating: "b\n", count: 100) + "\"\"\"\n"
        #expect(Sizes.functions(in: source("func a() {\n\(text)}")) == [])
    }

    @Test(arguments: [
        ("// " + String(repeating: "ä", count: 107), 0), ("// " + String(repeating: "a", count: 108), 1),
        ("let a = \"" + String(repeating: "a", count: 120) + "\"", 0),
        ("let a = \"" + String(repeating: "a", count: 121) + "\"", 1),
    ])
    func `a line may have 110 characters, with a sentence in quotes 130`(text: String, count: Int) {
        #expect(Sizes.lines(in: source(text)).count == count)
    }

    @Test(arguments: [
        ("func a(b: B, c: C, d: D, e: E, f: F) {}", 0), ("func a(b: B, c: C, d: D, e: E, f: F, g: G) {}", 1),
        ("protocol P { func a(b: B, c: C, d: D, e: E, f: F, g: G) }", 1),
        ("init(b: B, c: C, d: D, e: E, f: F, g: G) { h(b, c, d) }", 1),
        (
            "init(b: B, c: C, d: D, e: E, f: F, g: G) {\nself.b = b; self.c = c; d1 = d; e1 = e; f1 = f; g1 = g }",
            0
        ),
    ])
    func `more than five parameters are caught, but for values that hold them`(text: String, count: Int) {
        #expect(Sizes.parameters(in: source(text)).count == count)
    }

    @Test(arguments: [
        ("struct Task {}", "Sources/OrchCore/A.swift", 1), ("enum JSON {}", "Sources/Kit/JSON/JSON.swift", 1),
        ("enum PathHelpers {}", "Sources/OrchCore/A.swift", 1),
        ("typealias Error = A", "Sources/OrchCore/A.swift", 1),
        ("struct AgentTask {}", "Sources/OrchCore/A.swift", 0),
        ("struct Task {}", "Tests/OrchCoreTests/A.swift", 0),
        ("class func a() {}", "Sources/OrchCore/A.swift", 0),
    ])
    func `names that are taken or empty are caught`(text: String, path: String, count: Int) {
        #expect(Naming.types(in: SourceTree([TextFile(path: path, text)])).count == count)
    }

    @Test(arguments: [
        ("a \n", 1), ("a\t\nb \n", 2), ("a\r\n", 1), ("a", 1), ("a\n\n", 1), ("a\n", 0), ("", 0),
        ("a\n\nb\n", 0),
    ])
    func `ragged endings are caught`(text: String, count: Int) {
        #expect(Texts.endings(in: TextFile(path: "Sources/A.swift", text)).count == count)
        #expect(Texts.endings(in: TextFile(path: "docs/a.md", text)) == [])
    }

    @Test(arguments: [
        ("see /build/tree/Sources", 1), ("see /build/treehouse", 0), ("cd /home\("/carol")/orch", 1),
        ("/Users\("/carol")/x", 1),
        ("/home/user/x and /Users/me/y", 0), ("/home/user/x and /home\("/carol")/y", 1),
        ("\"/home/orch.db\"", 0),
        ("/home/$USER/x", 0),
    ])
    func `paths of one machine are caught`(text: String, count: Int) {
        let file = TextFile(path: "README.md", text)
        #expect(Texts.machinePaths(in: file, root: "/build/tree").count == count)
    }
}
