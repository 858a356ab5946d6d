import Platform
import Subprocess
import Testing

@testable import OrchCommands

struct ServiceTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    // MARK: - The environment

    @Test(arguments: [
        ("", "/usr/local/bin:/usr/bin:/bin"), (".:bin:/a", "/a:/usr/local/bin:/usr/bin:/bin"),
        ("/bin:/a:/bin:/usr/bin", "/bin:/a:/usr/bin:/usr/local/bin"),
    ])
    func `the timer's PATH has absolute folders, each once, and the system's`(
        path: String, expected: String
    ) {
        #expect(ServiceEnvironment.searchPath(path) == expected)
    }

    @Test func `no secret and nothing unneeded is captured`() {
        let captured = ServiceEnvironment.capture(
            from: [
                "GH_TOKEN": "x", "OPENAI_API_KEY": "x", "EDITOR": "vi", "PATH": "/bin", "LANG": "C", "TZ": "",
                "STATE_DIR": "/state", "LOCK_PATH": "locks",
            ],
            home: "/h")
        #expect(captured.keys.sorted() == ["LANG", "ORCH_HOME", "PATH", "STATE_DIR"])
        #expect(Set(captured.keys).isDisjoint(with: ServiceEnvironment.secrets))
    }

    // MARK: - Steps

    @Test func `writing twice changes nothing the second time`() throws {
        var said: [String] = []
        let path = "\(folder.path)/a/b/unit"
        for _ in 0..<2 {
            try ServiceSteps(isDryRun: false) { said.append($0) }.perform([.write(path: path, text: "x\n")])
        }
        #expect(said == ["wrote \(path)", "unchanged \(path)"])
    }

    @Test func `a dry run does nothing and shows all`() throws {
        var said: [String] = []
        let path = "\(folder.path)/unit"
        try ServiceSteps(isDryRun: true) { said.append($0) }.perform([
            .write(path: path, text: "x"), .run(Command("/nonexistent", "a b")), .remove(path: folder.path),
        ])
        let expected = [
            "would write \(path):", "    x", "would run /nonexistent 'a b'", "would remove \(folder.path)",
        ]
        #expect(said == expected)
        #expect(FileStatus.ifPresent(path) == nil)
        #expect(FileStatus.ifPresent(folder.path) != nil)
    }

    @Test func `a command that fails is named with what it said`() {
        let command = Command("/bin/sh", "-c", "echo no >&2; exit 3")
        #expect(throws: ServiceError.commandFailed(command: "\(command)", detail: "no")) {
            try ServiceSteps(isDryRun: false) { _ in }.perform([.run(command)])
        }
        #expect(throws: Never.self) {
            try ServiceSteps(isDryRun: false) { _ in }.perform([.run(command, mayFail: true)])
        }
    }

    @Test func `a command with patience is tried until it succeeds`() throws {
        let count = "\(folder.path)/count"
        let command = Command("/bin/sh", "-c", "echo x >>\(count); [ $(wc -l <\(count)) -ge 3 ]")
        try ServiceSteps(isDryRun: false) { _ in }.perform([.run(command, patience: .seconds(30))])
        #expect(try WholeFile.read(count, limitBytes: 100).count == 6)
    }

    // MARK: - Secrets

    @Test func `a file of secrets is read as systemd reads it, and replaces nothing`() throws {
        let text = """
            # a comment
            ; another
            GH_TOKEN=abc=def
              SPACED = \t"a b" \t
            QUOTED='x'
            LONE="
            EMPTY=
            nonsense
            PATH=/elsewhere
            """
        let path = "\(folder.path)/service.env"
        try AtomicFile.write(Array(text.utf8), to: path)
        let environment = ["PATH": "/bin", "ORCH_SERVICE_ENV": path]
        let expected = [
            "PATH": "/bin", "ORCH_SERVICE_ENV": path, "GH_TOKEN": "abc=def", "SPACED": "a b", "QUOTED": "x",
            "LONE": "\"", "EMPTY": "",
        ]
        #expect(try ServiceSecrets.added(to: environment) == expected)
        #expect(try ServiceSecrets.added(to: ["PATH": "/bin"]) == ["PATH": "/bin"])
        #expect(try ServiceSecrets.added(to: ["ORCH_SERVICE_ENV": "/nonexistent"]).count == 1)
    }

    // MARK: - Which timers

    private func choice(
        _ programs: [String], runtime: String? = nil, wantsSystem: Bool = false
    ) throws -> TimersChoice {
        try Directory.make("\(folder.path)/bin")
        for program in programs {
            try AtomicFile.write([], to: "\(folder.path)/bin/\(program)", mode: 0o755)
        }
        var environment = ["PATH": "\(folder.path)/bin", "HOME": "/home/ada"]
        environment["XDG_RUNTIME_DIR"] = runtime
        return TimersChoice(environment: environment, wantsSystem: wantsSystem, root: folder.path)
    }

    @Test func `without systemd and launchd there is only cron`() throws {
        #expect(try choice([]).timers() == nil)
    }

    @Test func `a machine that systemd has not booted has only cron`() throws {
        #expect(try choice(["systemctl"]).timers() == nil)
        #expect(try choice(["systemctl"], wantsSystem: true).timers() == nil)
    }

    @Test func `a user who cannot reach their manager is told so`() throws {
        try Directory.make("\(folder.path)/run/systemd/system")
        let choice = try choice(["systemctl"], runtime: "/run/user/1")
        #expect(throws: ServiceError.self) { try choice.timers() }
    }

    @Test func `a user's manager is known by its socket`() throws {
        try Directory.make("\(folder.path)/run/user/1/systemd/private")
        let choice = try choice(["systemctl"], runtime: "/run/user/1")
        let timers = try #require(try choice.timers() as? SystemdTimers)
        #expect(timers.manager == .user)
        #expect(timers.folder == "/home/ada/.config/systemd/user")
    }

    @Test func `the system's timers are in etc`() throws {
        try Directory.make("\(folder.path)/run/systemd/system")
        let timers = try #require(try choice(["systemctl"], wantsSystem: true).timers() as? SystemdTimers)
        #expect(timers.manager == .system)
        #expect(timers.folder == "\(folder.path)/etc/systemd/system")
    }

    @Test func `launchd is asked where it is`() throws {
        let timers = try #require(try choice(["launchctl"]).timers() as? LaunchdTimers)
        #expect(timers.folder == "/home/ada/Library/LaunchAgents")
    }

    // MARK: - cron

    @Test func `cron gets the environment, quoted, and per cent signs escaped`() {
        let definition = ServiceDefinition(
            program: "/o", jobs: [], user: nil, environment: ["PATH": "/a b", "ORCH_HOME": "/50%"],
            home: "/50%")
        let tick = ServiceJob(command: "tick", interval: .seconds(10))
        let line =
            #"* * * * * env ORCH_HOME=/50\% ORCH_SERVICE_ENV=/50\%/service.env PATH='/a b' "#
            + #"/o tick >>/50\%/tick.log 2>&1"#
        #expect(CronLine.text(for: tick, of: definition) == line)
    }

    @Test(arguments: [
        (1, "* "), (60, "* "), (121, "*/3 "), (7 * 60, "*/10 "), (45 * 60, "0 "), (3600, "0 "),
    ])
    func `cron's period goes evenly into the hour`(seconds: Int, minutes: String) {
        let definition = ServiceDefinition(program: "/o", jobs: [], user: nil, environment: [:], home: "/h")
        let job = ServiceJob(command: "sync", interval: .seconds(seconds))
        #expect(CronLine.text(for: job, of: definition).hasPrefix(minutes + "* * * * env "))
    }
}
