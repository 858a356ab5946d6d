import Curl
import JSON
import OrchListener
import Platform
import Subprocess
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension DiscordStandIn {
    /// Lets the channel begin a session, if it has none, and returns where it stands, with nothing waiting.
    func listen(on channel: any Channel, after position: String? = nil) throws -> String {
        let begun = try state()["begun"].int ?? 0
        let writer = try SideThread { [address, authority] in
            // Once the session is there; what is said before, nobody hears.
            let settings = CurlSettings(userAgent: "tests", authoritiesPath: authority)
            guard let client = try? CurlClient(CurlLibrary(), settings) else { return }
            let root = address.dropLast("/api/v10".count)
            _ = eventually {
                let state = try? client.send(
                    CurlRequest(.get, "\(root)/control/state", bodyLimitBytes: 64 << 20))
                guard let state, let value = try? JSONValue(parsing: state.body) else { return false }
                return value["begun"].int ?? 0 > begun
            }
            let hello: JSONValue = ["text": "are you there?"]
            _ = try? client.send(CurlRequest(.post, "\(root)/control/write", body: hello.utf8()))
        }
        defer { writer.join() }
        let batch = try channel.receive(after: position)
        #expect(batch.messages.map(\.text) == ["are you there?"])
        return try #require(batch.position)
    }
}

/// A thread of a test's own, to be joined.
struct SideThread: ~Copyable {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private let handle: pthread_t

    init(_ body: @escaping @Sendable () -> Void) throws {
        #if canImport(Darwin)
            var handle: pthread_t?
        #else
            var handle = pthread_t()
        #endif
        let code = pthread_create(
            &handle, nil,
            { argument in
                #if canImport(Darwin)
                    Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                #else
                    if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
                #endif
                return nil
            }, Unmanaged.passRetained(Body(body)).toOpaque())
        #if canImport(Darwin)
            guard code == 0, let handle else { throw SystemError("pthread_create", code: code) }
        #else
            guard code == 0 else { throw SystemError("pthread_create", code: code) }
        #endif
        self.handle = handle
    }

    borrowing func join() { _ = pthread_join(handle, nil) }
}

/// Asks again and again until `condition` holds; false when it still does not after ten seconds.
func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
    var pause = EventPoll<Void>()
    let deadline = MonotonicTime.now() + .seconds(10)
    while MonotonicTime.now() < deadline {
        if try condition() { return true }
        // Waiting for nothing is a pause; it fails only without memory.
        _ = try? pause.wait(timeout: .milliseconds(2))
    }
    return try condition()
}
