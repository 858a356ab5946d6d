import JSON
import KitTesting
import OrchCore
import OrchListener
import Platform
import Reactor
import Testing

struct VerbDeskTests {
    /// A program that notes each start and answers with how many there were.
    private static func desk(
        in folder: String, on loop: EventLoop, stamp: @escaping () -> Int?
    ) throws -> VerbDesk {
        let program = "\(folder)/orch"
        let text = "#!/bin/sh\necho >>'\(folder)/starts'\nwc -l <'\(folder)/starts'\n"
        try Executable.write(text, to: program, mode: 0o700)
        let performer = VerbPerformer(
            program: program, environment: ["PATH": "/usr/bin:/bin"], directory: "/")
        let worker = try Worker(on: loop, named: "test", limit: 10)
        return VerbDesk(performer, on: worker, changeStamp: stamp)
    }

    /// Asks so many times at once, and returns what was answered.
    private static func ask(_ times: Int, _ desk: VerbDesk, on loop: EventLoop) throws -> [VerbOutcome] {
        var outcomes: [VerbOutcome] = []
        for _ in 0..<times {
            let isTaken = desk.perform(.status(project: nil), from: .init(actor: "test")) {
                outcomes.append($0)
                if outcomes.count == times { loop.stop() }
            }
            #expect(isTaken)
        }
        if outcomes.count < times { try loop.run() }
        return outcomes
    }

    @Test func `who asks while nothing changes shares an answer`() throws {
        let folder = TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let loop = try EventLoop()
        var stamp: Int? = 1
        let desk = try Self.desk(in: folder.path, on: loop) { stamp }
        let first = try Self.ask(3, desk, on: loop)
        #expect(first == [.done(1), .done(1), .done(1)])
        stamp = 2
        #expect(try Self.ask(1, desk, on: loop) == [.done(2)])
        stamp = nil
        #expect(try Self.ask(1, desk, on: loop) == [.done(3)])
        #expect(try Self.ask(1, desk, on: loop) == [.done(4)])
    }
}
