package import JSON
package import OrchCore

extension GitHubResponse {
    /// The body.
    package func body() throws(TrackerError) -> JSONValue {
        guard let json else { throw .broken(detail: "HTTP \(status) with a body that is no JSON") }
        return json
    }

    /// The body as a list.
    package func list() throws(TrackerError) -> [JSONValue] {
        guard let items = try body().array else { throw .broken(detail: "HTTP \(status) without a list") }
        return items
    }

    package var etag: String? { headers["etag"] }

    /// The address behind `rel="next"` in the Link header (RFC 8288); nil on the last page.
    package var nextPage: String? {
        for link in (headers["link"] ?? "").split(separator: ",") {
            let parts = link.split(separator: ";")
            let target = Self.trimmed(parts.first ?? "")
            let relations = parts.dropFirst().map(Self.trimmed)
            guard relations.contains(where: { $0 == "rel=\"next\"" || $0 == "rel=next" }) else { continue }
            // Another scheme would take the request, and with it the token, over an open line.
            if target.hasPrefix("<https://") || target.hasPrefix("<repos/"), target.hasSuffix(">") {
                return String(target.dropFirst().dropLast())
            }
        }
        return nil
    }

    /// The server's own time, which its `updated_at` times are to be compared with; nil where it is not
    /// given.
    package var date: Timestamp? { headers["date"].flatMap(Self.timestamp) }

    /// Requests that are left in the current window of this resource; nil where the server did not say.
    package var remaining: Int? { headers["x-ratelimit-remaining"].flatMap { Int($0) } }

    package var resetsAt: Timestamp? {
        headers["x-ratelimit-reset"].flatMap { Int($0) }.map(Timestamp.init(seconds:))
    }

    /// How long to stay away, in seconds: the only form of Retry-After (RFC 9110 §10.2.3) that GitHub sends.
    package var retryAfter: Duration? {
        headers["retry-after"].flatMap { Int($0) }.flatMap { $0 >= 0 ? .seconds($0) : nil }
    }

    /// `Mon, 23 Nov 2026 03:45:25 GMT`: RFC 9110 §5.6.7.
    private static func timestamp(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])) else {
            return nil
        }
        let number = month + 1 < 10 ? "0\(month + 1)" : "\(month + 1)"
        return Timestamp(iso8601: "\(words[3])-\(number)-\(words[1])T\(words[4])Z")
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func trimmed(_ text: some StringProtocol) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
