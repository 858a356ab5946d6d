import KitTesting
import Platform
import Subprocess
import Testing

struct RunFailureTests {
    @Test func `a program that is not on PATH is missing, with the PATH`() {
        let command = Command.plain("no-such-program")
        #expect(
            throws: SubprocessError.programMissing(
                name: "no-such-program", searched: Command.plain["PATH"] ?? "")
        ) {
            try command.run()
        }
    }

    @Test func `without PATH only paths are found`() {
        #expect(throws: SubprocessError.programMissing(name: "sh", searched: "not set")) {
            try Command("sh").run()
        }
        #expect(throws: Never.self) { try Command("/bin/sh", "-c", ":").run() }
    }

    @Test func `a missing path is a missing program`() {
        #expect(throws: SubprocessError.programMissing(name: "/no/such/program", searched: "")) {
            try Command("/no/such/program").run()
        }
    }

    @Test func `a missing working folder is told from a missing program`() throws {
        let folder = TemporaryFolder()
        let file = try folder.file("file", "")
        for directory in ["/no/such/folder", file] {
            #expect(throws: SubprocessError.workingDirectoryMissing(path: directory)) {
                try Command.plain("true").with { $0.workingDirectory = directory }.run()
            }
        }
    }

    @Test func `files that are no programs are told apart`() throws {
        let folder = TemporaryFolder()
        let plain = try folder.file("plain", "#!/bin/sh\n", mode: 0o644)
        let orphan = try folder.file("orphan", "#!/no/such/shell\n", mode: 0o755)
        let text = try folder.file("text", "echo no first line\n", mode: 0o755)
        #expect(throws: SubprocessError.notExecutable(path: plain)) { try Command(plain).run() }
        #expect(throws: SubprocessError.notExecutable(path: folder.path)) { try Command(folder.path).run() }
        #expect(throws: SubprocessError.interpreterMissing(path: orphan)) { try Command(orphan).run() }
        #expect(throws: SubprocessError.notAProgram(path: text)) { try Command(text).run() }
    }

    @Test func `what C cannot carry is refused`() {
        #expect(throws: SubprocessError.unrepresentable("a\0b")) { try Command("/bin/echo", "a\0b").run() }
        for name in ["", "A=B", "A\0"] {
            #expect(throws: SubprocessError.self) {
                try Command("/bin/echo").with { $0.environment = [name: "1"] }.run()
            }
        }
    }

    @Test func `arguments longer than the system takes are an error`() throws {
        let command = Command.plain("echo", String(repeating: "x", count: 4 << 20))
        let error = try #require(throws: SubprocessError.self) { try command.run() }
        #expect(error.fix == "pass the text by standard input or a file")
    }

    @Test func `a missing input file is an error`() {
        #expect(throws: SubprocessError.self) {
            try Command.plain("cat").with { $0.input = .file("/no/such/file") }.run()
        }
    }

    @Test func `every error says what and what next`() {
        let system = SystemError("open", on: "/x", code: 2)
        let errors: [SubprocessError] = [
            .programMissing(name: "p", searched: "/bin"), .notExecutable(path: "/x y"),
            .interpreterMissing(path: "/x"),
            .notAProgram(path: "/x"), .workingDirectoryMissing(path: "/x"), .fileUnusable(system),
            .unrepresentable("x"), .cannotStart(program: "p", system), .cannotWait(system),
        ]
        for error in errors {
            #expect(!error.problem.isEmpty && !error.fix.isEmpty)
        }
        #expect(errors[0].problem == "program “p” is not on PATH (/bin)")
        #expect(errors[1].fix == "make it executable: `chmod +x '/x y'`")
    }
}
