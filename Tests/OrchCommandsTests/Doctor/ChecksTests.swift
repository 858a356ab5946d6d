import JSON
import OrchAdapters
import OrchCore
import Platform
import Testing

@testable import OrchCommands

struct ChecksTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func levels(_ check: some DoctorCheck) -> [Finding.Level] { check.findings().map(\.level) }

    // MARK: - The clock

    private static let now = Timestamp(seconds: 1_800_000_000)

    @Test(arguments: [0, 1_700_000_000, 5_000_000_000])
    func `a clock that shows an impossible year is a problem`(seconds: Int) {
        #expect(levels(ClockCheck(now: Timestamp(seconds: seconds), newest: nil)) == [.problem])
    }

    @Test(arguments: [(nil, Finding.Level.ok), (-1000, .ok), (300, .ok), (301, .problem)])
    func `a clock that is behind what the store has seen is a problem`(ahead: Int?, level: Finding.Level) {
        let newest = ahead.map { Timestamp(seconds: Self.now.seconds + $0) }
        #expect(levels(ClockCheck(now: Self.now, newest: newest)) == [level])
    }

    @Test(arguments: [(7, Finding.Level.ok), (9, .problem)])
    func `a wait that no limit asks for was reckoned by another clock`(days: Int, level: Finding.Level) {
        let until = Self.now + .seconds(days * 86_400)
        #expect(levels(ClockCheck(now: Self.now, newest: nil, waits: [("agent claude", until)])) == [level])
    }

    // MARK: - The home

    @Test(arguments: [
        (0o700, 0o600, [Finding.Level.ok]), (0o755, 0o600, [.warning]), (0o777, 0o600, [.problem]),
        (0o700, 0o644, [.warning]), (0o770, 0o666, [.problem, .problem]),
    ])
    func `who may look into the home matters`(home: Int, database: Int, expected: [Finding.Level]) throws {
        let path = "\(folder.path)/home"
        try Directory.make(path, mode: 0o700)
        try AtomicFile.write([], to: "\(path)/orch.db", mode: UInt16(database))
        #expect(chmodded(path, home))
        #expect(levels(HomeCheck(home: path, database: "\(path)/orch.db")) == expected)
    }

    @Test func `a home that is not there yet is only a warning`() {
        #expect(levels(HomeCheck(home: "\(folder.path)/none", database: "/none")) == [.warning])
    }

    @Test func `a home that is a file is a problem`() throws {
        let path = "\(folder.path)/file"
        try AtomicFile.write([], to: path)
        #expect(levels(HomeCheck(home: path, database: "\(path)/orch.db")) == [.problem])
    }

    // MARK: - The disk

    @Test(arguments: [(Int64(0), Finding.Level.problem), (300 << 20, .warning), (3 << 30, .ok)])
    func `the less room, the worse`(free: Int64, level: Finding.Level) {
        // Both are on one file system, which is looked at once.
        let check = DiskCheck(folders: [folder.path, folder.path, "/none"]) { _ in free }
        #expect(levels(check) == [level])
    }

    // MARK: - The account

    @Test func `root is warned of`() {
        #expect(levels(AccountCheck(account: nil)) == [.problem])
        #expect(AccountCheck(account: .current()).findings().count == 1)
    }

    // MARK: - The store

    @Test func `a database that is none is a problem, and a missing one is not`() throws {
        let path = "\(folder.path)/orch.db"
        #expect(levels(DatabaseCheck(path: path, store: nil)) == [.ok])
        let store = try SQLiteStore(path: path)
        #expect(levels(DatabaseCheck(path: path, store: .success(store))) == [.ok])
        let bad = "\(folder.path)/bad.db"
        try AtomicFile.write(Array("this is no database at all, whatever its name says".utf8), to: bad)
        let opened = Result { () throws(StoreError) in try SQLiteStore(path: bad) }
        let finding = try #require(DatabaseCheck(path: bad, store: opened).findings().first)
        #expect(finding.level == .problem)
        #expect(finding.text.contains(bad))
        #expect(finding.fix.contains("mv orch.db*"))
    }

    // MARK: - The configuration

    @Test func `mistakes of the configuration are told with their place and fix`() {
        let problem = ConfigProblem(
            .error, at: .variable("X"), key: "a.b", problem: "“y” is no number", fix: "write one")
        let warning = ConfigProblem(.warning, at: .file("/c.yml", nil), problem: "odd", fix: "even")
        let findings = ConfigCheck(problems: [problem, warning], projects: ["app"]).findings()
        #expect(
            findings == [
                .problem("config", "environment variable X: a.b: “y” is no number", fix: "write one"),
                .warning("config", "/c.yml: odd", fix: "even"), .ok("config", "1 project: app"),
            ])
        #expect(levels(ConfigCheck(problems: [], projects: [])) == [.warning])
    }

    // MARK: - Versions

    @Test(arguments: [
        ("git version 2.39.5 (Apple Git-154)", [2, 31], true), ("git version 2.30.9", [2, 31], false),
        ("tmux 3.3a", [3, 2], true), ("tmux next-3.4", [3, 2], true), ("tmux 3.1c", [3, 2], false),
        ("3", [3], true),
    ])
    func `versions are compared number by number`(text: String, wanted: [Int], isEnough: Bool) throws {
        let version = try #require(ProgramVersion(in: text))
        #expect(version.isAtLeast(wanted) == isEnough)
    }

    @Test func `a text without a number has no version`() { #expect(ProgramVersion(in: "unknown") == nil) }
}

struct FindingsPageTests {
    @Test(arguments: [
        ([], "All is well."), ([Finding.ok("a", "b")], "All is well."),
        (
            [.problem("a", "b", fix: "c"), .warning("a", "b", fix: "c"), .problem("a", "b", fix: "c")],
            "2 problems, 1 warning"
        ),
    ])
    func `the summary counts`(findings: [Finding], summary: String) {
        #expect(FindingsPage.summary(of: findings) == summary)
    }

    @Test func `for programs, ok is false with a problem and true with a warning`() {
        #expect(FindingsPage.json(of: [.warning("a", "b", fix: "c")])["ok"] == true)
        let json = FindingsPage.json(of: [.problem("a", "b", fix: "c")])
        #expect(json["ok"] == false)
        #expect(json["findings"][0] == ["level": "problem", "check": "a", "text": "b", "fix": "c"])
    }
}
