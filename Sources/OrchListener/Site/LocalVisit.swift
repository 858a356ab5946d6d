package import HTTP

/// Whether a request comes from a program of this machine, as far as a request can tell.
package enum LocalVisit {
    /// What proxies and tunnels add; a request that bears one came from elsewhere.
    private static let proxyFields = [
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "CF-Connecting-IP", "Via",
    ]
    private static let ownNames: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

    /// Why it does not; nil where it does.
    ///
    /// 1. A unix socket's permissions have decided already.
    /// 2. A name of another machine's that leads here (DNS rebinding) is not ours to answer to.
    /// 3. A browser says whose page is asking: another server's is refused.
    package static func refusal(of head: HTTPRequestHead) -> HTTPRefusal? {
        guard head.transport != .unix else { return nil }
        guard let host = head.fields["Host"], isOwn(host), !proxyFields.contains(where: head.fields.contains)
        else { return HTTPRefusal(403, "this is answered to this machine alone") }
        if let origin = head.fields["Origin"], origin != "http://\(host)" {
            return HTTPRefusal(403, "this is answered to no page of another server's")
        }
        switch head.fields["Sec-Fetch-Site"] {
        case nil, "same-origin", "none": return nil
        // A link that somebody follows: the page that it stood on sees nothing of the answer.
        case _ where head.method == "GET" && head.fields["Sec-Fetch-Mode"] == "navigate": return nil
        default: return HTTPRefusal(403, "this is answered to no page of another server's")
        }
    }

    /// `localhost:8787`, whatever the port.
    private static func isOwn(_ host: String) -> Bool {
        let colon = host.lastIndex(of: ":").flatMap { colon in
            host[host.index(after: colon)...].allSatisfy(\.isNumber) ? colon : nil
        }
        return ownNames.contains(host[..<(colon ?? host.endIndex)].lowercased())
    }
}
