import Subprocess
import Testing

@testable import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

struct ProcessTreeTests {
    private func record(_ pid: Int32, childOf parent: Int32) -> ProcessRecord {
        ProcessRecord(pid: pid, parent: parent, startTime: 0, isZombie: false)
    }

    @Test func `lists children before grandchildren and nobody else`() {
        let table = [
            record(5, childOf: 4), record(2, childOf: 1), record(4, childOf: 2), record(3, childOf: 1),
            record(9, childOf: 8), record(1, childOf: 0),
        ]
        #expect(ProcessTree.descendants(of: 1, among: table) == [2, 3, 4, 5])
        #expect(ProcessTree.descendants(of: 5, among: table).isEmpty)
        #expect(ProcessTree.descendants(of: 77, among: table).isEmpty)
    }

    @Test func `a circle ends`() {
        let table = [record(2, childOf: 3), record(3, childOf: 2), record(1, childOf: 1)]
        #expect(ProcessTree.descendants(of: 2, among: table) == [3])
        #expect(ProcessTree.descendants(of: 1, among: table).isEmpty)
    }

    @Test func `finds real grandchildren`() throws {
        let script = "sleep 600 & a=$!; sh -c 'sleep 600 & echo $0 $$ $!; wait' $a & wait"
        var child = try Child(.plain("sh", "-c", script), .init(output: .pipe))
        let line = try child.line()
        let expected = try #require(line).split(separator: " ").compactMap { Int32($0) }
        #expect(expected.count == 3)
        #expect(Set(ProcessTree.descendants(of: child.pid)) == Set(expected))
        #expect(ProcessTree.descendants(of: getpid()).contains(child.pid))
    }

    @Test func `finds processes by a variable they were started with`() throws {
        let mark = "mark-\(UInt64.random(in: .min ... .max))"
        let marked = Command.plain("sh", "-c", "(trap '' HUP; sleep 600 & echo $!); wait; sleep 600")
        var child = try Child(marked.with { $0.environment["KIT_MARK"] = mark }, .init(output: .pipe))
        let line = try child.line()
        let orphan = try #require(line.flatMap { Int32($0) })
        let found = ProcessEnvironment.processes(with: "KIT_MARK", equalTo: mark)
        #expect(Set(found).isSuperset(of: [child.pid, orphan]))
        #expect(ProcessEnvironment.processes(with: "KIT_MARK", equalTo: String(mark.dropLast())).isEmpty)
        #expect(ProcessEnvironment.processes(with: "IT_MARK", equalTo: mark).isEmpty)
    }

    @Test(arguments: [
        ([], []), ([1, 0, 0, 0], []),
        (bytes(1, "/bin/sh\0\0\0sh\0A=1\0B=\0\0rest\0"), ["A=1", "B="]),
        (bytes(2, "/bin/sh\0sh\0\0A=1\0\0"), ["A=1"]),
        (bytes(3, "/bin/sh\0sh\0"), []), (bytes(-5, "/x\0A=1\0"), ["A=1"]),
    ])
    func `reads the environment out of macOS's process arguments`(bytes: [UInt8], entries: [String]) {
        let found = ProcessEnvironment.environment(ofProcessArguments: bytes[...])
        #expect(found.map { String(decoding: $0, as: UTF8.self) } == entries)
    }

    private static func bytes(_ count: Int32, _ text: String) -> [UInt8] {
        withUnsafeBytes(of: count) { Array($0) } + Array(text.utf8)
    }
}

struct SubreaperTests {
    @Test func `orphans become ours while it is on`() throws {
        #if os(Linux)
            try Subreaper.setEnabled(true)
            defer { try? Subreaper.setEnabled(false) }
            var child = try Child(.plain("sh", "-c", "(setsid sleep 600 & echo $!)"), .init(output: .pipe))
            let line = try child.line()
            let orphan = try #require(line.flatMap { Int32($0) })
            #expect(try child.wait(deadline: .now() + .seconds(60)) == .exited(0))
            #expect(ProcessRecord(of: orphan)?.parent == getpid())
            kill(orphan, SIGKILL)
            #expect(waitpid(orphan, nil, 0) == orphan)
        #endif
    }
}
