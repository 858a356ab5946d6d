import Subprocess
import Testing

@testable import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

struct ProcessRecordTests {
    #if os(Linux)
        /// Fields 4 to 22: the parent is 7, the start time 987654.
        private static let fields = "7 8 9 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 5 6"

        @Test(arguments: [
            "", "12", "12 sh S 7", "12 (sh", "12 (sh)", "12 (sh) S 7 8", "x (sh) S \(fields)",
            "12 (sh) S 7 8 9 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 many 5",
        ])
        func `is nil for half a line`(line: String) {
            #expect(ProcessRecord(stat: Array(line.utf8)) == nil)
        }

        @Test(arguments: ["sh", "", "a b", "tmux: server", ") S 1 (", "((()))", "new\nline) R 3", "ä"])
        func `a command name may hold anything`(name: String) {
            let record = ProcessRecord(stat: Array("12 (\(name)) S \(Self.fields)\n".utf8))
            #expect(record == ProcessRecord(pid: 12, parent: 7, startTime: 987_654, isZombie: false))
        }

        @Test(arguments: [("S", false), ("R", false), ("D", false), ("T", false), ("Z", true), ("X", true)])
        func `knows the dead by their state`(state: String, isZombie: Bool) {
            #expect(ProcessRecord(stat: Array("12 (sh) \(state) \(Self.fields)".utf8))?.isZombie == isZombie)
        }

        private static func uptimeSeconds() throws -> Int {
            let uptime = try WholeFile.read("/proc/uptime", limitBytes: 100).prefix {
                $0 != UInt8(ascii: ".")
            }
            return try #require(Int(String(decoding: uptime, as: UTF8.self)))
        }

        @Test func `agrees with ps about the start`() throws {
            let child = try Child(.plain("sleep", "600"))
            let record = try #require(ProcessRecord(of: child.pid))
            let start = Int(record.startTime) / sysconf(Int32(_SC_CLK_TCK))
            let before = try Self.uptimeSeconds()
            let ages = try Command.plain("ps", "-o", "etimes=", "-p", "\(child.pid)").run().text
            let age = try #require(Int(ages.filter(\.isNumber)))
            let after = try Self.uptimeSeconds()
            #expect((before - start - 1...after - start + 1).contains(age))
        }
    #endif

    @Test func `shows this process and its parent`() throws {
        let own = try #require(ProcessRecord(of: getpid()))
        #expect(own.parent == getppid())
        #expect(!own.isZombie)
        #expect(ProcessRecord.all().contains { $0.pid == getpid() && $0.startTime == own.startTime })
    }

    @Test(arguments: [Int32(-1), Int32.max])
    func `there is no such process`(pid: Int32) {
        #expect(ProcessRecord(of: pid) == nil)
    }
}
