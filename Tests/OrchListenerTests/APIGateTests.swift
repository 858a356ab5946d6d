import HTTP
import Testing

@testable import OrchListener

@Suite struct APIGateTests {
    private static let token = "0123456789abcdef"
    private let gate = APIGate(token: token, hosts: ["Agents.example.net"])

    @Test(arguments: [
        "localhost", "LOCALHOST:8787", "127.0.0.1", "127.0.0.1:8787", "192.168.1.7:80", "[::1]", "[::1]:8787",
        "agents.example.net", "AGENTS.example.net:443",
    ])
    func `an address, this machine and what is listed are ours`(_ host: String) { #expect(gate.isOurs(host)) }

    @Test(arguments: [
        "", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "1.2.3", "1.2.3.4.5",
        "256.1.1.1",
        "0x7f.0.0.1", "+1.2.3.4", "agents.example.net.", "x.agents.example.net", "127.0.0.1 evil.example",
    ])
    func `nothing else is`(_ host: String) { #expect(!gate.isOurs(host)) }
}
