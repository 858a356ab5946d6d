import KitTesting
import Platform
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

struct SupervisorTests {
    @Test func `sockets are taken only where they are meant for this process`() {
        let own = String(getpid())
        #expect(Supervisor.takeSockets([:]).isEmpty)
        #expect(Supervisor.takeSockets(["LISTEN_FDS": "1"]).isEmpty)
        #expect(Supervisor.takeSockets(["LISTEN_FDS": "1", "LISTEN_PID": "1"]).isEmpty)
        for count in ["0", "-1", "many", ""] {
            #expect(Supervisor.takeSockets(["LISTEN_FDS": count, "LISTEN_PID": own]).isEmpty)
        }
    }

    @Test func `a manager hears what it is told`() throws {
        let folder = TemporaryFolder()
        let path = "\(folder.path)/notify"
        let socket = try Self.datagramSocket(at: path)
        #expect(Supervisor.notify("READY=1", ["NOTIFY_SOCKET": path]))
        var buffer = [UInt8](repeating: 0, count: 100)
        let count = recv(socket.raw, &buffer, buffer.count, 0)
        #expect(String(decoding: buffer[..<max(0, count)], as: UTF8.self) == "READY=1")
    }

    @Test(arguments: [nil, "", "/nowhere/at/all", "/" + String(repeating: "x", count: 300)])
    func `where none listens nothing happens`(_ path: String?) {
        #expect(!Supervisor.notify("READY=1", path.map { ["NOTIFY_SOCKET": $0] } ?? [:]))
    }

    @Test func `a watchdog is patted only where it is ours`() {
        #expect(Supervisor.watchdogPeriod([:]) == nil)
        #expect(Supervisor.watchdogPeriod(["WATCHDOG_USEC": "60000000"]) == .seconds(60))
        #expect(
            Supervisor.watchdogPeriod(["WATCHDOG_USEC": "1000", "WATCHDOG_PID": String(getpid())])
                == .milliseconds(1))
        #expect(Supervisor.watchdogPeriod(["WATCHDOG_USEC": "1000", "WATCHDOG_PID": "1"]) == nil)
        for nonsense in ["", "0", "-1", "soon"] {
            #expect(Supervisor.watchdogPeriod(["WATCHDOG_USEC": nonsense]) == nil)
        }
    }

    @Test func `this process takes some memory`() throws {
        let bytes = try #require(ResidentMemory.bytes())
        #expect((1 << 20...16 << 30).contains(bytes))
    }

    #if os(Linux)
        @Test func `a program that hands its code back takes less, and goes on`() throws {
            let before = try #require(ResidentMemory.bytes())
            ResidentMemory.releaseCode()
            #expect(try #require(ResidentMemory.bytes()) < before)
        }

        @Test(arguments: [
            "55d0-55d2 r-xp 00000000 fe:00 7   /usr/bin/orch listener", "7f00-7f01 r-xp 0 00:00 0 /lib/c.so",
        ])
        func `code is what is run and cannot be written to`(_ line: String) throws {
            #expect(try #require(ResidentMemory.codeRange(line)).count == (line.hasPrefix("55") ? 2 : 1))
        }

        @Test(arguments: [
            "", "55d0-55d2", "55d0-55d2 rw-p 00000000 fe:00 7 /usr/bin/orch",
            "55d0-55d2 r--p 00000000 fe:00 7 /usr/bin/orch",
            "55d0-55d2 rwxp 00000000 fe:00 7 /usr/bin/orch",
            "55d0-55d2 r-xs 00000000 fe:00 7 /usr/bin/orch", "7ffd0-7ffd1 r-xp 00000000 00:00 0 [vdso]",
            "7ffd0-7ffd1 r-xp 00000000 00:00 0", "55d2-55d0 r-xp 00000000 fe:00 7 /usr/bin/orch",
            "55d2 r-xp 00000000 fe:00 7 /usr/bin/orch", "x-y r-xp 00000000 fe:00 7 /usr/bin/orch",
        ])
        func `nothing else is`(_ line: String) { #expect(ResidentMemory.codeRange(line) == nil) }
    #endif

    private static func datagramSocket(at path: String) throws -> FileDescriptor {
        #if canImport(Darwin)
            let raw = Darwin.socket(AF_UNIX, SOCK_DGRAM, 0)
        #else
            let raw = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        #endif
        let socket = FileDescriptor(owning: raw)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket.raw, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0 else { throw SystemError("bind", on: path, code: errno) }
        return socket
    }
}
