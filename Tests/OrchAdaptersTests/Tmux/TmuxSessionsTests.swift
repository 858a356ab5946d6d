import KitTesting
import OrchCore
import Platform
import Subprocess
import Testing

@testable import OrchAdapters

@Suite(.requires("tmux"))
struct TmuxSessionsTests {
    let sandbox: TmuxSandbox
    var sessions: TmuxSessions { sandbox.sessions }

    init() throws {
        sandbox = try TmuxSandbox(adding: ["GH_TOKEN": "secret-value", "MY_API_KEY": "secret-value"])
    }

    @Test(arguments: [
        "", "a.b", "a:b", "-x", "=a", "a b", "$(id)", "a/b", "ü", String(repeating: "a", count: 151),
    ])
    func `a name that tmux would change is refused`(name: String) throws {
        #expect(throws: SessionError.self) { try sessions.start(name, command: sandbox.shell("cat")) }
        try sessions.end(name)
        #expect(try sessions.capture(name, lines: 5) == "")
        #expect(sandbox.commands.isEmpty)
    }

    @Test func `without a server there is nothing, and no process is started to learn it`() throws {
        #expect(try sessions.live() == [])
        #expect(try sessions.capture("orch-1", lines: 5) == "")
        try sessions.end("orch-1")
        #expect(sandbox.commands.isEmpty)
    }

    @Test func `a socket that a killed server left is no server`() throws {
        try sessions.start("orch-1", command: sandbox.shell("cat"))
        let pid = try #require(Int32(try sandbox.tmux("display-message", "-p", "#{pid}").dropLast()))
        _ = try Command("/bin/kill", "-KILL", "\(pid)").run()
        #expect(Eventually.holds { ProcessIdentity(of: pid) == nil })
        #expect(try sessions.live() == [])
        try sessions.start("orch-1", command: sandbox.shell("cat"))
        #expect(try sessions.live() == ["orch-1"])
    }

    @Test func `a server that ends with its last session just now takes no new one along`() throws {
        var calls = 0
        let racing = TmuxSessions(socket: "test", environment: sandbox.environment) {
            command throws(SubprocessError) in
            calls += 1
            guard calls == 1 else { return try command.run() }
            return try sandbox.lostServer.run()
        }
        try racing.start("orch-1", command: sandbox.shell("cat"))
        #expect(try sessions.live() == ["orch-1"])
    }

    @Test func `a missing tmux is named`() throws {
        let bare = TmuxSessions(
            socket: "test", environment: ["PATH": "/nonexistent", "TMUX_TMPDIR": sandbox.root])
        #expect(!bare.isAvailable && sessions.isAvailable)
        #expect(throws: SessionError.programMissing("tmux")) {
            try bare.start("a", command: sandbox.shell("cat"))
        }
    }

    @Test func `a socket that cannot be made is a failure, whatever tmux's status says`() throws {
        try AtomicFile.write([], to: TmuxSocket(name: "test", temporaryDirectory: sandbox.root).folder)
        #expect(throws: SessionError.self) { try sessions.start("orch-1", command: sandbox.shell("cat")) }
    }

    @Test func `a session is ended by its exact name, not by a prefix`() throws {
        for name in ["orch-42", "orch-4"] { try sessions.start(name, command: sandbox.shell("cat")) }
        try sessions.end("orch-4")
        #expect(try sessions.live() == ["orch-42"])
        try sessions.end("orch-4")
        #expect(try sessions.capture("orch-4", lines: 5) == "")
        #expect(try sessions.live() == ["orch-42"])
    }

    @Test func `sessions that a person made there are not ours`() throws {
        try sessions.start("orch-1", command: sandbox.shell("cat"))
        _ = try sandbox.tmux("new-session", "-d", "-s", "mine", "cat")
        #expect(try sessions.live() == ["orch-1"])
        #expect(throws: SessionError.self) { try sessions.start("mine", command: sandbox.shell("cat")) }
        #expect(try sandbox.tmux("list-sessions", "-F", "#{session_name}") == "mine\norch-1\n")
    }

    @Test func `a leftover of the same name is ended first`() throws {
        try sessions.start("orch-1", command: sandbox.shell("echo old; cat"))
        try sessions.start("orch-1", command: sandbox.shell("echo new; cat"))
        #expect(try Eventually.holds { try sessions.capture("orch-1", lines: 5) == "new\n" })
    }

    @Test func `a session is gone when its program ends`() throws {
        try sessions.start("orch-1", command: sandbox.shell("true"))
        #expect(try Eventually.holds { try sessions.live().isEmpty })
    }

    @Test func `a session takes one start, and fifty are listed by one`() throws {
        for number in 1...50 { try sessions.start("orch-p-\(number)", command: sandbox.shell("cat")) }
        #expect(sandbox.commands.count == 50)
        #expect(Set(try sessions.live()) == Set((1...50).map { "orch-p-\($0)" }))
        #expect(sandbox.commands.count == 51)
    }

    @Test func `words arrive as they are, and no shell reads them`() throws {
        let words = ["a;", ";", "\\;", "$(id)", "two words", "#{session_name}", "ü", "'", ""]
        let command = SessionCommand(
            program: "/bin/sh", arguments: ["-c", "printf '<%s>' \"$@\"; cat", "sh"] + words,
            environment: ["PATH": sandbox.path, "ODD": "x;"], directory: sandbox.root)
        try sessions.start("orch-1", command: command)
        let expected = words.map { "<\($0)>" }.joined() + "\n"
        #expect(try Eventually.holds { try sessions.capture("orch-1", lines: 5) == expected })
    }

    @Test func `a program without arguments is not given to a shell either`() throws {
        try Executable.write("#!/bin/sh\npwd; cat\n", to: "\(sandbox.root)/odd $name")
        let command = SessionCommand(
            program: "\(sandbox.root)/odd $name", arguments: [], environment: ["PATH": sandbox.path],
            directory: sandbox.root)
        try sessions.start("orch-1", command: command)
        #expect(try Eventually.holds { try sessions.capture("orch-1", lines: 5) == "\(sandbox.root)\n" })
    }

    @Test func `the newest lines are captured, long ones whole`() throws {
        let long = String(repeating: "x", count: 450)
        try sessions.start(
            "orch-1",
            command: sandbox.shell(
                "i=0; while [ $i -lt 300 ]; do i=$((i+1)); echo $i; done; echo \(long); cat"))
        #expect(try Eventually.holds { try sessions.capture("orch-1", lines: 2) == "300\n\(long)\n" })
        #expect(try sessions.capture("orch-1", lines: 301).hasPrefix("1\n2\n"))
    }

    @Test func `a token reaches neither the server nor a session`() throws {
        try sessions.start("orch-1", command: sandbox.shell("env; echo end; cat", ["ORCH_RUN": "7"]))
        #expect(try Eventually.holds { try sessions.capture("orch-1", lines: 50).contains("\nend\n") })
        let pane = try sessions.capture("orch-1", lines: 50)
        #expect(pane.contains("ORCH_RUN=7") && !pane.contains("secret-value"))
        #expect(!(try sandbox.tmux("show-environment", "-g")).contains("secret-value"))
        let pid = try sandbox.tmux("display-message", "-p", "#{pid}").dropLast()
        let environment = try WholeFile.read("/proc/\(pid)/environ", limitBytes: 1 << 20)
        #expect(!String(decoding: environment, as: UTF8.self).contains("secret-value"))
    }

    @Test func `a person's own configuration does not change the sessions`() throws {
        try AtomicFile.write(
            Array("set -g remain-on-exit on\n".utf8), to: "\(sandbox.root)/.tmux.conf", durability: .none)
        try sessions.start("orch-1", command: sandbox.shell("true"))
        #expect(try Eventually.holds { try sessions.live().isEmpty })
    }

    @Test func `the words that attach name the server and exactly the session`() {
        let expected = TmuxSocket(name: "test", temporaryDirectory: sandbox.root).path
        #expect(
            sessions.attachCommand("orch-4") == [
                "tmux", "-u", "-S", expected, "attach-session", "-t", "=orch-4",
            ])
        #expect(
            TmuxSessions(environment: [:]).attachCommand("orch-4")
                == ["tmux", "-u", "-L", "orch", "attach-session", "-t", "=orch-4"])
    }
}

struct SystemdScopeTests {
    private func make(_ name: String, in folder: FileSandbox) throws {
        try Directory.make("\(folder.path)\(name)")
    }

    @Test func `the user's manager comes first, then the machine's for root, else none`() throws {
        let folder = try FileSandbox()
        try Directory.make("\(folder.path)/bin")
        try AtomicFile.write([], to: "\(folder.path)/bin/systemd-run", mode: 0o755)
        let environment = ["PATH": "\(folder.path)/bin", "XDG_RUNTIME_DIR": "/run/user/1000"]
        func found(_ environment: [String: String], isRoot: Bool) -> SystemdScope? {
            SystemdScope.available(environment, isRoot: isRoot, root: folder.path)
        }
        #expect(found(environment, isRoot: true) == nil)
        try Directory.make("\(folder.path)/run/systemd/system")
        #expect(found(environment, isRoot: true) == .system)
        #expect(found(environment, isRoot: false) == nil)
        try Directory.make("\(folder.path)/run/user/1000/systemd/private")
        #expect(found(environment, isRoot: false) == .user)
        #expect(found(["PATH": "/nonexistent", "XDG_RUNTIME_DIR": "/run/user/1000"], isRoot: true) == nil)
    }

    @Test func `a command keeps its words inside the scope`() {
        let scoped = SystemdScope.user.running(Command("tmux", "-L", "orch"))
        #expect(scoped.program == "systemd-run")
        #expect(
            scoped.arguments == ["--user", "--scope", "--collect", "--quiet", "--", "tmux", "-L", "orch"])
        #expect(!SystemdScope.system.running(Command("tmux")).arguments.contains("--user"))
    }
}
