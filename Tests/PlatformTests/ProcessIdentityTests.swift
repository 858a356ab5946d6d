import Platform
import Subprocess
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

struct ProcessIdentityTests {
    private func own() throws -> ProcessIdentity { try #require(ProcessIdentity.current()) }

    @Test func `the boot has a name that stays`() throws {
        let id = try #require(Boot.id())
        #expect(id.utf8.count == 36)
        #expect(Boot.id() == id)
    }

    @Test func `this process is alive`() throws {
        let own = try own()
        #expect(own.pid == getpid())
        #expect(own.isAlive)
    }

    @Test func `the same number started at another time is another process`() throws {
        let own = try own()
        for start in [own.startTime - 1, own.startTime + 1, 0] {
            #expect(!ProcessIdentity(bootID: own.bootID, pid: own.pid, startTime: start).isAlive)
        }
    }

    @Test func `nothing survives a restart of the machine`() throws {
        let own = try own()
        #expect(!ProcessIdentity(bootID: "another", pid: own.pid, startTime: own.startTime).isAlive)
    }

    @Test func `a child is alive until it ends, and gone while it is a zombie`() throws {
        let child = try Child(.plain("cat"), .init(input: .pipe))
        let identity = try #require(ProcessIdentity(of: child.pid))
        #expect(identity.isAlive)
        child.signalGroup(SIGKILL)
        #expect(try child.wait(deadline: .now() + .seconds(60)) == .signalled(SIGKILL))
        #expect(ProcessRecord(of: child.pid)?.isZombie == true)
        #expect(!identity.isAlive)
        #expect(ProcessIdentity(of: child.pid) == nil)
    }

    @Test(arguments: [
        "", "1", "1:2", "1:2:", "x:2:boot", "1:x:boot", "0:2:boot", "-1:2:boot", "1:-2:boot", ":::",
    ])
    func `is not read from half a text`(text: String) {
        #expect(ProcessIdentity(text) == nil)
    }

    @Test func `is read from what it wrote`() throws {
        let own = try own()
        #expect(ProcessIdentity(own.description) == own)
        #expect(ProcessIdentity("7:8:a:b") == ProcessIdentity(bootID: "a:b", pid: 7, startTime: 8))
    }
}
