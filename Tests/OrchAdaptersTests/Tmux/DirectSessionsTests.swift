import OrchCore
import Platform
import Subprocess
import Testing

@testable import OrchAdapters

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

struct DirectSessionsTests {
    let folder: FileSandbox
    let sessions: DirectSessions

    init() throws {
        folder = try FileSandbox()
        sessions = DirectSessions(directory: "\(folder.path)/sessions")
    }

    private func shell(_ script: String) -> SessionCommand {
        SessionCommand(
            program: "/bin/sh", arguments: ["-c", script],
            environment: ["PATH": "/usr/bin:/bin", "MARK": "given"], directory: folder.path)
    }

    private func pid(of name: String) throws -> Int32 {
        let line = try folder.read("sessions/\(name).pid").dropLast()
        return try #require(ProcessIdentity(String(line))).pid
    }

    @Test(arguments: ["", "../x", "a/b", ".x"])
    func `a name never leads out of the folder`(name: String) throws {
        #expect(throws: SessionError.self) { try sessions.start(name, command: shell("true")) }
        try sessions.end(name)
        #expect(try sessions.capture(name, lines: 3) == "")
    }

    @Test func `what is not there is empty`() throws {
        #expect(try sessions.live() == [])
        try sessions.end("a")
        #expect(try sessions.capture("a", lines: 3) == "")
    }

    @Test func `a missing program is named`() {
        let command = SessionCommand(
            program: "nosuch", arguments: [], environment: ["PATH": "/bin"], directory: "/")
        #expect(throws: SessionError.programMissing("nosuch")) { try sessions.start("a", command: command) }
    }

    @Test func `a session lives apart from us, is seen and read`() throws {
        try sessions.start("a", command: shell("echo one; echo $MARK >&2; exec tail -f /dev/null"))
        #expect(try Eventually.holds { try sessions.capture("a", lines: 9) == "one\ngiven\n" })
        #expect(try sessions.live() == ["a"])
        #expect(getsid(try pid(of: "a")) == (try pid(of: "a")))
        #expect(try sessions.capture("a", lines: 1) == "given\n")
        try sessions.end("a")
        #expect(try sessions.live() == [])
        #expect(try sessions.capture("a", lines: 9) == "one\ngiven\n")
    }

    @Test func `all processes of a session end, also those that refuse to`() throws {
        try sessions.start(
            "a", command: shell("trap '' TERM; tail -f /dev/null & echo $! > child; wait"))
        #expect(Eventually.holds { (try? folder.read("child"))?.hasSuffix("\n") == true })
        let child = try #require(Int32(try folder.read("child").dropLast()))
        try sessions.end("a")
        #expect(Eventually.holds { ProcessIdentity(of: child) == nil })
    }

    @Test func `a stranger with the recorded number is never signalled`() throws {
        let stranger = try Child(Command("/usr/bin/tail", "-f", "/dev/null"))
        let real = try #require(ProcessIdentity(of: stranger.pid))
        try Directory.make("\(folder.path)/sessions")
        for lie in [
            ProcessIdentity(bootID: real.bootID, pid: real.pid, startTime: real.startTime + 1),
            ProcessIdentity(bootID: "another-boot", pid: real.pid, startTime: real.startTime),
        ] {
            try folder.write("\(lie)\n", to: "sessions/a.pid")
            #expect(try sessions.live() == [])
            try sessions.end("a")
            #expect(real.isAlive)
        }
        try folder.write("\(real.pid)\n", to: "sessions/a.pid")
        try sessions.end("a")
        #expect(real.isAlive)
        _ = consume stranger
    }

    @Test func `a leftover of the same name is ended first`() throws {
        try sessions.start("a", command: shell("exec tail -f /dev/null"))
        let first = try pid(of: "a")
        try sessions.start("a", command: shell("echo second; exec tail -f /dev/null"))
        #expect(ProcessIdentity(of: first) == nil)
        #expect(try Eventually.holds { try sessions.capture("a", lines: 5) == "second\n" })
        try sessions.end("a")
    }

    @Test func `only the end of a long log is read, from a line's beginning`() throws {
        try folder.write((1...1000).map { "line \($0)\n" }.joined(), to: "log")
        let tail = try LogTail.read("\(folder.path)/log", limitBytes: 25)
        #expect(String(decoding: tail, as: UTF8.self) == "line 999\nline 1000\n")
    }
}
