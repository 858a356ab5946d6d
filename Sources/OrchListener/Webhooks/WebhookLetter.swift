import HTTP
import OrchCore

/// A request to the webhook's address, on its way to being a delivery.
struct WebhookLetter: Sendable {
    let fields: HTTPFields
    let body: [UInt8]

    enum Verdict: Sendable {
        case taken(WebhookReading)
        /// GitHub's, and about what orch does not follow.
        case unwanted(event: String)
        case refused(HTTPRefusal)
    }

    /// A delivery's id is a UUID today.
    private static let longestID = 100

    /// Looks at nothing but the bytes before they are known to be GitHub's.
    func read(_ signature: WebhookSignature) -> Verdict {
        if let refusal = signature.refusal(of: body, fields) { return .refused(refusal) }
        guard let id = fields["X-GitHub-Delivery"], (1...Self.longestID).contains(id.utf8.count),
            id.utf8.allSatisfy(Self.isPlain)
        else { return .refused(HTTPRefusal(400, "there is no proper X-GitHub-Delivery")) }
        guard let name = fields["X-GitHub-Event"], !name.isEmpty else {
            return .refused(HTTPRefusal(400, "there is no X-GitHub-Event"))
        }
        guard let event = GitHubEvent(rawValue: name) else { return .unwanted(event: name) }
        guard isJSON else {
            return .refused(HTTPRefusal(415, "set the webhook's content type to application/json"))
        }
        do throws(HTTPRefusal) {
            return .taken(try WebhookReading(id: id, event: event, body: body))
        } catch {
            return .refused(error)
        }
    }

    private var isJSON: Bool {
        let type = fields["Content-Type"]?.prefix { $0 != ";" && $0 != " " }
        return type?.lowercased() == "application/json"
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
