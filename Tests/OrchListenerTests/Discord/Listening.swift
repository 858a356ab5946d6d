import Curl
import JSON
import KitTesting
import OrchListener
import Testing

extension DiscordStandIn {
    /// Lets the channel begin a session, if it has none, and returns where it stands, with nothing waiting.
    func listen(on channel: any Channel, after position: String? = nil) throws -> String {
        let begun = try state()["begun"].int ?? 0
        let writer = try TestThread { [address, authority] in
            // Once the session is there; what is said before, nobody hears.
            let settings = CurlSettings(userAgent: "tests", authoritiesPath: authority)
            guard let client = try? CurlClient(CurlLibrary(), settings) else { return }
            let root = address.dropLast("/api/v10".count)
            _ = eventually(pace: .milliseconds(10)) {
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
