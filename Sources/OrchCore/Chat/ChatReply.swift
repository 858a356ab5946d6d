package import JSON

/// A model's turn in a conversation: what it says, and what it wants done.
package struct ChatReply: Equatable, Sendable {
    /// The name of what is to be done; empty where it only talks.
    package let action: String
    package let parameters: JSONValue
    /// Its words for the person.
    package let words: String

    /// More is no turn of a conversation.
    private static let limitBytes = 1 << 20

    /// The last object with an `action` or a `response` in what the model wrote; nil where there is none.
    package init?(_ text: String) {
        // A text that is too long to be searched holds no reply.
        let objects = (try? JSONSearch.objects(in: Array(text.utf8), limitBytes: Self.limitBytes)) ?? []
        let reply = objects.last { $0["action"]?.string != nil || $0["response"]?.string != nil }
        guard let reply else { return nil }
        action = ChatParameter.text(reply["action"] ?? .null)
        parameters = reply["params"] ?? .null
        words = reply["response"]?.string ?? ""
    }
}

/// Parameters as models write them: a number for an identifier, a list for words between commas.
enum ChatParameter {
    static func text(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): String(text.trimmed)
        case .int(let number): String(number)
        default: ""
        }
    }

    static func list(_ value: JSONValue) -> [String] {
        let texts = value.array?.map(text) ?? text(value).split(separator: ",").map { String($0.trimmed) }
        return texts.filter { !$0.isEmpty }
    }
}
