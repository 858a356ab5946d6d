import KitTesting
import OrchCore
import Platform
import Reactor
import Testing

@testable import OrchListener

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// With a program in place of orch that writes down how it was started, and ends when it is let.
@Suite(.serialized)
struct ErrandsTests {
    private let stage: Stage

    init() throws { stage = try Stage() }

    private final class Stage {
        let folder = TemporaryFolder()
        let loop: EventLoop
        let errands: Errands

        init() throws {
            let script = """
                #!/bin/sh
                echo "$*" >>"$LOG"
                env >"$LOG.environment"
                while [ ! -e "$GATE" ] && [ -e "$LOG" ]; do sleep 0.01; done
                [ ! -e "$GATE.fails" ]
                """
            let program = try folder.file("orch", script, mode: 0o755)
            loop = try EventLoop()
            let environment = [
                "PATH": "/usr/bin:/bin", "LOG": "\(folder.path)/log", "GATE": "\(folder.path)/gate",
                "LISTEN_FDS": "2", "NOTIFY_SOCKET": "/nowhere", "PROJECT_DIR": "/elsewhere",
                "HOME": "/home/ada",
            ]
            errands = Errands(
                loop: loop, log: ListenerLog(), program: program, environment: environment,
                directory: folder.path)
        }

        func open() throws { _ = try folder.file("gate", "") }

        var starts: [String] {
            let bytes = (try? WholeFile.read("\(folder.path)/log", limitBytes: 1 << 20)) ?? []
            return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        }

        /// What a test has started ends before its folder goes.
        func end() throws {
            try open()
            #expect(try run { errands.isIdle })
        }

        /// - Returns: false where the condition does not hold in time.
        func run(until condition: () -> Bool) throws -> Bool {
            let deadline = MonotonicTime.now() + .seconds(60)
            while !condition() {
                if MonotonicTime.now() > deadline { return false }
                loop.after(.milliseconds(5)) { [loop] in loop.stop() }
                try loop.run()
            }
            return true
        }
    }

    @Test(arguments: [
        (GitHubEvent.issues, ["tick"]), (.issueComment, ["sync --news", "tick"]),
        (.push, ["sync --news", "tick"]), (.checkSuite, ["sync --news", "tick"]),
    ])
    func `an event starts what it concerns, and after a sync a tick`(
        _ event: GitHubEvent, _ expected: [String]
    ) throws {
        try stage.open()
        stage.errands.follow([event])
        #expect(try stage.run { stage.starts.count == expected.count })
        #expect(stage.starts == expected)
        #expect(stage.errands.failed.isEmpty)
        try stage.end()
    }

    @Test func `a ping starts nothing`() throws {
        try stage.open()
        stage.errands.follow([.ping])
        stage.errands.follow([.issues])
        #expect(try stage.run { stage.starts.count == 1 })
        #expect(stage.errands.started == [.tick: 1])
        try stage.end()
    }

    @Test func `one runs at a time, and a burst is one more`() throws {
        for _ in 0..<20 { stage.errands.follow([.issues]) }
        #expect(try stage.run { stage.starts.count == 1 })
        for _ in 0..<20 { stage.errands.follow([.issues]) }
        #expect(stage.errands.started == [.tick: 1])
        try stage.open()
        #expect(try stage.run { stage.starts.count == 2 })
        #expect(stage.starts == ["tick", "tick"])
        try stage.end()
    }

    @Test func `a sync that fails is counted, and starts no tick`() throws {
        _ = try stage.folder.file("gate.fails", "")
        try stage.open()
        stage.errands.follow([.push])
        #expect(try stage.run { stage.errands.failed == [.sync: 1] })
        #expect(stage.starts == ["sync --news"])
        try stage.end()
    }

    @Test func `nothing of the service manager's, and no project of a shell's, reaches it`() throws {
        try stage.open()
        stage.errands.follow([.issues])
        #expect(try stage.run { stage.starts.count == 1 })
        #expect(
            try stage.run {
                FileStatus.ifPresent("\(stage.folder.path)/log.environment")?.sizeBytes ?? 0 > 0
            })
        let bytes = try WholeFile.read("\(stage.folder.path)/log.environment", limitBytes: 1 << 16)
        let names = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
            $0.prefix { $0 != "=" }
        }
        #expect(names.contains("HOME"))
        for name in ["LISTEN_FDS", "NOTIFY_SOCKET", "PROJECT_DIR"] { #expect(!names.contains(name[...])) }
        try stage.end()
    }

    @Test func `one that cannot be watched is ended and collected, and the next one runs`() throws {
        var pid: Int32 = 0
        let exitWatch = stage.errands.exitWatch
        stage.errands.exitWatch = {
            pid = $0
            throw SystemError("pidfd_open", code: EMFILE)
        }
        stage.errands.follow([.issues])
        #expect(stage.errands.failed == [.tick: 1])
        #expect(stage.errands.isIdle)
        // One that is dead and not collected would still be there.
        #expect(try stage.run { kill(pid, 0) != 0 && errno == ESRCH })
        stage.errands.exitWatch = exitWatch
        stage.errands.follow([.issues])
        #expect(try stage.run { stage.errands.started == [.tick: 2] })
        try stage.end()
        #expect(stage.errands.failed == [.tick: 1])
    }

    @Test func `one whose end cannot be waited for is ended and collected, and the next one runs`() throws {
        var pid: Int32 = 0
        let exitWatch = stage.errands.exitWatch
        // The kernel waits for no file of a disk: that is said when the loop is to do so.
        let file = try FileDescriptor(opening: try stage.folder.file("file", ""), O_RDONLY)
        stage.errands.exitWatch = {
            pid = $0
            let box = try ExitWatchBox($0)
            #expect(dup2(file.raw, box.number) == box.number)
            return box
        }
        stage.errands.follow([.issues])
        #expect(stage.errands.failed == [.tick: 1])
        #expect(stage.errands.isIdle)
        #expect(try stage.run { kill(pid, 0) != 0 && errno == ESRCH })
        stage.errands.exitWatch = exitWatch
        stage.errands.follow([.issues])
        #expect(try stage.run { stage.errands.started == [.tick: 2] })
        try stage.end()
        #expect(stage.errands.failed == [.tick: 1])
    }

    @Test func `a program that is missing is said, and is no end`() throws {
        let errands = Errands(
            loop: stage.loop, log: ListenerLog(), program: "/nowhere/orch", environment: [:], directory: "/")
        errands.follow([.issues])
        #expect(errands.failed == [.tick: 1])
    }
}

struct WebhookSecretTests {
    private func read(_ change: (inout Settings.Listen) -> Void) throws -> String {
        var settings = Settings.Listen()
        change(&settings)
        return try WebhookSecret.read(settings, home: "/home/ada/.orch")
    }

    @Test func `nothing is taken in unsigned`() throws {
        #expect(throws: ListenerError.noSecret(home: "/home/ada/.orch")) { try read { _ in } }
        let folder = TemporaryFolder()
        let empty = try folder.file("empty", " \n\n")
        #expect(throws: ListenerError.self) { try read { $0.webhookSecretFile = empty } }
        #expect(throws: ListenerError.self) { try read { $0.webhookSecretFile = "/nowhere/secret" } }
        let large = try folder.file("large", String(repeating: "x", count: 5000))
        #expect(throws: ListenerError.self) { try read { $0.webhookSecretFile = large } }
    }

    @Test func `a secret is what was written, without the line's end`() throws {
        let folder = TemporaryFolder()
        let path = try folder.file("secret", " se same \r\n")
        #expect(try read { $0.webhookSecretFile = path } == "se same")
        #expect(
            try read {
                $0.webhookSecret = " own "
                $0.webhookSecretFile = path
            } == " own ")
    }
}
