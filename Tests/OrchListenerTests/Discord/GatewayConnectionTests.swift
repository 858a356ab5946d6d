import Curl
import JSON
import Platform
import Testing
import WebSocket

@testable import OrchListener

@Suite(.requiresDiscord) struct GatewayConnectionTests {
    @Test func `a flood of pings does not make it forget the time`() throws {
        let standIn = try DiscordStandIn()
        let settings = standIn.settings()
        let url = "wss://" + standIn.address.dropFirst("https://".count).dropLast("/api/v10".count)
        let address = try #require(GatewayAddress(url, allowsPlain: false))
        var connection = try GatewayConnection(
            standIn.library, to: address, settings.curl, cancellation: CurlCancellation())
        let alarm = try WakePipe()
        var isGreeted = false
        let patience = MonotonicTime.now() + .seconds(20)
        while !isGreeted, MonotonicTime.now() < patience {
            for event in connection.events(until: patience, alarm) {
                if case .text = event { isGreeted = true }
            }
        }
        try #require(isGreeted)
        try standIn.control("gateway", ["kind": "pings", "seconds": 20, "now": true])
        let start = MonotonicTime.now()
        for _ in 1...3 {
            let events = connection.events(until: .now() + .milliseconds(200), alarm)
            #expect(events.isEmpty)
        }
        // The flood goes on for much longer.
        #expect(MonotonicTime.now() - start < .seconds(10))
    }
}
