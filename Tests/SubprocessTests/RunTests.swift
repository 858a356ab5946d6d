import KitTesting
import Platform
import Subprocess
import Testing

struct RunTests {
    @Test(arguments: [
        ("exit 0", Exit.exited(0)), ("exit 3", .exited(3)), ("exit 255", .exited(255)),
        ("kill -9 $$", .signalled(9)), ("kill -15 $$", .signalled(15)),
    ])
    func `tells how a program ended`(script: String, exit: Exit) throws {
        let output = try Command.shell(script).run()
        #expect(output.exit == exit)
        #expect(output.succeeded == (exit == .exited(0)))
    }

    @Test func `keeps output and errors apart`() throws {
        let output = try Command.shell("echo out; echo err >&2").run()
        #expect(output.text == "out\n")
        #expect(output.errorText == "err\n")
    }

    @Test func `arguments arrive as they are`() throws {
        let arguments = [
            "", " ", "a b", "two\nlines", "it's \"quoted\"", "$HOME `id` \\", "äöü 漢字 👩‍💻", "-n", "*",
        ]
        var command = Command("printf", arguments: ["%s\\0"] + arguments)
        command.environment = Command.plain
        let seen = try command.run().text.split(separator: "\0", omittingEmptySubsequences: false).dropLast()
        #expect(seen.map(String.init) == arguments)
    }

    @Test func `the environment is exactly what was given`() throws {
        var command = Command("/usr/bin/env")
        command.environment = ["ONLY": "this one", "LINES": "a\nb", "EMPTY": ""]
        #expect(try command.run().text == "EMPTY=\nLINES=a\nb\nONLY=this one\n")
        command.environment = [:]
        #expect(try command.run().standardOutput.isEmpty)
    }

    @Test func `runs in the folder given`() throws {
        let folder = TemporaryFolder()
        let output = try Command.plain("pwd", "-P").with { $0.workingDirectory = folder.path }.run()
        #expect(output.text.hasSuffix("\(folder.path)\n"))
    }

    @Test func `a program named by a relative path is found from its working folder`() throws {
        let folder = TemporaryFolder()
        _ = try folder.file("tool", "#!/bin/sh\necho here\n", mode: 0o755)
        let output = try Command.plain("./tool").with { $0.workingDirectory = folder.path }.run()
        #expect(output.text == "here\n")
    }

    @Test func `input is empty unless given`() throws {
        #expect(try Command.plain("cat").run().standardOutput.isEmpty)
        #expect(try Command.plain("cat").with { $0.input = .bytes([]) }.run().standardOutput.isEmpty)
    }

    @Test func `input may come from a file`() throws {
        let folder = TemporaryFolder()
        let path = try folder.file("input", "from a file")
        #expect(try Command.plain("cat").with { $0.input = .file(path) }.run().text == "from a file")
    }

    @Test func `megabytes go through both ways at once`() throws {
        var random = SeededGenerator(seed: 7)
        let bytes = (0..<(5 << 20)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let output = try Command.shell("tee /dev/stderr").with { $0.input = .bytes(bytes) }.run()
        #expect(output.succeeded)
        #expect(output.standardOutput == bytes)
        #expect(output.standardError == bytes)
        #expect(!output.isOutputTruncated && !output.isErrorTruncated)
    }

    @Test(arguments: [0, 1, 9, 10, 11, 70_000])
    func `keeps the first bytes up to the limit and says when there were more`(limit: Int) throws {
        let command = Command.shell("printf 0123456789; printf e >&2").with { $0.limits.outputBytes = limit }
        let output = try command.run()
        #expect(output.text == String("0123456789".prefix(limit)))
        #expect(output.isOutputTruncated == (limit < 10))
        #expect(output.isErrorTruncated == (limit < 1))
    }

    @Test func `output over the limit does not stop the program`() throws {
        let command = Command.shell("head -c 3000000 /dev/zero; echo done >&2").with {
            $0.limits.outputBytes = 1000
        }
        let output = try command.run()
        #expect(output.exit == .exited(0))
        #expect(output.standardOutput.count == 1000)
        #expect(output.errorText == "done\n")
    }

    @Test func `a program that does not read its input is no error`() throws {
        let bytes = [UInt8](repeating: 65, count: 1 << 20)
        let output = try Command.plain("true").with { $0.input = .bytes(bytes) }.run()
        #expect(output.exit == .exited(0))
        let closing = try Command.shell("exec <&-; echo still here").with { $0.input = .bytes(bytes) }.run()
        #expect(closing.text == "still here\n")
    }

    @Test func `the child has three descriptors and no other`() throws {
        #if os(Linux)
            let folder = TemporaryFolder()
            let leaked = try FileDescriptor(opening: try folder.file("open", ""), 0)
            let inheritable = dupWithoutCloseOnExec(leaked.raw)
            let output = try Command.plain("ls", "/proc/self/fd").run()
            // The fourth is the listing's own.
            #expect(output.text == "0\n1\n2\n3\n")
            _ = FileDescriptor(owning: inheritable)
        #endif
    }

    @Test func `the child starts with default signals and an empty mask`() throws {
        #if os(Linux)
            let output = try withUnfriendlySignals {
                try Command.plain("grep", "^Sig[BI]", "/proc/self/status").run()
            }
            let lines = output.text.split(separator: "\n")
            // The C library keeps signals 32 and 33 for itself and lets nobody touch them.
            let reserved: UInt64 = 0b11 << 31
            let sets = lines.compactMap { UInt64($0.suffix(16), radix: 16) }.map { $0 & ~reserved }
            #expect(sets == [0, 0])
        #endif
    }

    @Test func `the child leads a session of its own`() throws {
        let output = try Command.shell("echo $$; ps -o sid= -o pgid= -p $$").run()
        let numbers = output.text.split { $0 == "\n" || $0 == " " }
        #expect(numbers.count == 3)
        #expect(Set(numbers).count == 1)
    }
}
