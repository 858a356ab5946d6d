package import HTTP
import SHA2

/// Who may use the API, told by a request's head alone.
///
/// By the unix socket whoever its permissions let in. By TCP whoever knows the token, which no other site's
/// page can send along: it is a header of its own, never a cookie.
package struct APIGate: Sendable {
    /// Empty: nobody by TCP.
    private let token: String
    /// What this machine is called from outside, by a proxy or a tunnel; in lower case.
    private let hosts: Set<String>

    package init(token: String, hosts: [String]) {
        self.token = token
        self.hosts = Set(hosts.map { $0.lowercased() })
    }

    /// Why a request is refused; nil where it is not.
    ///
    /// 1. A unix socket's permissions have decided already. 2. Another's name that leads here (DNS rebinding)
    /// is not ours to answer to. 3. A browser says whose page asks: another's is refused. 4. The token.
    package func refusal(of head: HTTPRequestHead) -> HTTPResponse? {
        if head.transport == .unix { return nil }
        if token.isEmpty { return .problem(APIError.closed) }
        guard let host = head.fields["Host"], isOurs(host) else {
            return .problem(APIError.foreignHost(head.fields["Host"] ?? ""))
        }
        if let origin = head.fields["Origin"], origin != "http://\(host)", origin != "https://\(host)" {
            return .problem(APIError.foreignPage(origin))
        }
        if let site = head.fields["Sec-Fetch-Site"], site != "same-origin", site != "none" {
            return .problem(APIError.foreignPage(site))
        }
        return isKnown(head.fields["Authorization"] ?? "") ? nil : .problem(APIError.noToken)
    }

    private func isKnown(_ authorization: String) -> Bool {
        let scheme = "bearer "
        guard authorization.prefix(scheme.count).lowercased() == scheme else { return false }
        return isEqualInConstantTime(
            SHA256.hash(authorization.dropFirst(scheme.count).utf8), SHA256.hash(token.utf8))
    }

    /// Whether a page that a browser has from this host can be ours: an address is nobody's to rebind.
    func isOurs(_ host: String) -> Bool {
        let name = Self.name(of: host)
        return name == "localhost" || hosts.contains(name) || Self.isAddress(name)
    }

    /// Without the port.
    private static func name(of host: String) -> String {
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") { return String(host[...end]) }
        return host.prefix { $0 != ":" }.lowercased()
    }

    /// A name that ends in digits can be no host's in the DNS.
    private static func isAddress(_ name: String) -> Bool {
        if name.hasPrefix("["), name.hasSuffix("]") { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil && $0.allSatisfy(\.isNumber) }
    }
}
