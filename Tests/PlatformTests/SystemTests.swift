import KitTesting
import Subprocess
import Testing

@testable import Platform

#if canImport(Glibc)
    import CSystem
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

struct AccountTests {
    @Test func `is the user that id names`() throws {
        let account = try #require(Account.current())
        #expect(try Command.plain("id", "-un").run().text == "\(account.name)\n")
        #expect(account.userID == geteuid())
        #expect(account.isRoot == (geteuid() == 0))
        #expect(account.home.hasPrefix("/"))
    }
}

struct DiskSpaceTests {
    @Test func `agrees with df`() throws {
        let folder = TemporaryFolder()
        let free = try DiskSpace.freeBytes(at: folder.path)
        let lines = try Command.plain("df", "-Pk", folder.path).run().text.split(separator: "\n")
        let kilobytes = try #require(
            lines.last?.split(separator: " ").dropFirst(3).first.flatMap { Int64($0) })
        // Others write meanwhile.
        #expect(abs(free - kilobytes * 1024) < 1 << 30)
        #expect(throws: SystemError.self) { try DiskSpace.freeBytes(at: "/no/such/folder") }
    }
}

struct ExecutablePathTests {
    @Test func `is a file that can be executed`() throws {
        let path = try #require(ExecutablePath.current())
        #expect(path.hasPrefix("/"))
        #expect(ProgramSearch.isExecutable(path))
    }
}

struct TerminalTests {
    @Test func `a file is no terminal and has no width`() throws {
        let file = try FileDescriptor(opening: "/dev/null", O_RDWR)
        #expect(!Terminal.isTerminal(file.raw))
        #expect(Terminal.width(file.raw) == nil)
        #expect(!Terminal.isTerminal(-1))
    }

    @Test func `a terminal tells its width once it has one`() throws {
        let control = FileDescriptor(owning: posix_openpt(O_RDWR | O_NOCTTY))
        #expect(grantpt(control.raw) == 0 && unlockpt(control.raw) == 0)
        let name = ptsname(control.raw).map { String(cString: $0) }
        let terminal = try FileDescriptor(opening: try #require(name), O_RDWR | O_NOCTTY)
        #expect(Terminal.isTerminal(terminal.raw))
        #expect(Terminal.width(terminal.raw) == nil)
        var size = winsize(ws_row: 24, ws_col: 132, ws_xpixel: 0, ws_ypixel: 0)
        #expect(ioctl(control.raw, UInt(TIOCSWINSZ), &size) == 0)
        #expect(Terminal.width(terminal.raw) == 132)
    }
}

struct MonotonicTimeTests {
    @Test func `never runs backwards`() {
        let times = (0..<1000).map { _ in MonotonicTime.now() }
        #expect(zip(times, times.dropFirst()).allSatisfy(<=))
    }

    @Test func `a length beyond all time means never`() {
        let now = MonotonicTime.now()
        #expect((now + .seconds(Int64.max)).nanoseconds == .max)
        #expect((now + .seconds(Int64.max) + .seconds(1)).nanoseconds == .max)
        #expect((MonotonicTime(nanoseconds: -5) + .seconds(Int64.min)).nanoseconds == .min)
    }

    @Test func `adding and subtracting are inverse`() {
        let now = MonotonicTime(nanoseconds: 12_345)
        for length in [Duration.zero, .nanoseconds(1), .milliseconds(-3), .seconds(7)] {
            #expect((now + length) - now == length)
        }
    }
}

struct FileDescriptorTests {
    @Test func `closes when its owner goes, and not after it was released`() throws {
        let file = try FileDescriptor(opening: "/dev/null", O_RDONLY)
        // Numbers so high that no other test gets them meanwhile.
        let raw = try FileDescriptor.duplicating(file.raw, above: 700).release()
        #expect(fcntl(raw, F_GETFD) == FD_CLOEXEC)
        let released = FileDescriptor(owning: raw).release()
        #expect(fcntl(released, F_GETFD) == FD_CLOEXEC)
        do { _ = FileDescriptor(owning: released) }
        #expect(fcntl(released, F_GETFD) == -1)
    }

    @Test func `writes all where the reader is slower than a pipe that does not wait`() throws {
        var child = try Child(.plain("wc", "-c"), .init(input: .pipe, output: .pipe))
        let descriptor = child.inputDescriptor
        let bytes = [UInt8](repeating: 7, count: 1 << 20)
        try FileDescriptor.writeAll(bytes, to: #require(descriptor), subject: "wc")
        child.closeInput()
        #expect(try child.line()?.contains("1048576") == true)
    }

    @Test func `is raised only where needed, and the lower number is free again`() throws {
        let file = try FileDescriptor(opening: "/dev/null", O_RDONLY)
        let low = try FileDescriptor.duplicating(file.raw, above: 800).release()
        #expect(try FileDescriptor(owning: low).above(low - 1).release() == low)
        let high = try FileDescriptor(owning: low).above(low).release()
        #expect(high > low)
        #expect(fcntl(low, F_GETFD) == -1)
        #expect(fcntl(high, F_GETFD) == FD_CLOEXEC)
        _ = FileDescriptor(owning: high)
    }
}
