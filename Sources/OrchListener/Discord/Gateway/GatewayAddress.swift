/// Where a gateway is, as the API or the gateway itself names it: `wss://…`.
struct GatewayAddress: Equatable {
    /// For the stream: `https://HOST[:PORT]`.
    let streamURL: String
    /// With the port where one is given.
    let host: String
    let path: String

    /// - Parameter allowsPlain: `ws://` as well, for a stand-in without TLS.
    /// - Returns: nil for what is no such address.
    init?(_ url: String, allowsPlain: Bool) {
        let schemes = [("wss://", "https://")] + (allowsPlain ? [("ws://", "http://")] : [])
        guard let (scheme, stream) = schemes.first(where: { url.hasPrefix($0.0) }) else { return nil }
        let rest = url.dropFirst(scheme.count)
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        guard !host.isEmpty, host.utf8.allSatisfy(Self.isHostByte) else { return nil }
        let folder = rest.dropFirst(host.count).prefix { $0 != "?" }
        guard folder.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        self.host = String(host)
        streamURL = stream + host
        path = (folder.isEmpty ? "/" : folder) + "?v=10&encoding=json"
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: ".:-[]".utf8.contains(byte)
        }
    }
}
