import Platform
import Testing

@testable import OrchAdapters

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct TmuxSocketTests {
    private let folder = "/tmp/orch-socket-\(UInt32.random(in: .min ... .max))"

    /// A server that takes no more connections, as one that is stopped.
    private func listener(at path: String) throws -> FileDescriptor {
        var address = try #require(TmuxSocket.address(path))
        let server = FileDescriptor(owning: socket(AF_UNIX, TmuxSocket.stream, 0))
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(server.raw, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(bound == 0)
        return server
    }

    @Test func `a server too busy to take a connection is there all the same`() throws {
        defer { try? Directory.remove(folder) }
        try Directory.make(folder)
        let place = TmuxSocket(name: "test", temporaryDirectory: folder)
        try Directory.make(place.folder)
        let server = try listener(at: place.path)
        #expect(!place.isAnswering)
        #expect(listen(server.raw, 0) == 0)
        // Nobody accepts: the queue is full after the first ones.
        for _ in 0..<4 { #expect(place.isAnswering) }
    }
}
