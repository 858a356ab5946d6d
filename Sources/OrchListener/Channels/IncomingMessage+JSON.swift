import JSON
package import OrchCore

/// As a row of the inbox keeps it until it is dealt with.
extension IncomingMessage {
    package func delivery(now: Timestamp) -> Delivery? {
        guard let source = Delivery.Source(rawValue: place.service.rawValue) else { return nil }
        let fields: JSONObject = [
            "message": .string(id.rawValue), "place": .string(place.name), "author": .string(author.id),
            "text": .string(text), "private": .bool(isPrivate), "addressed": .bool(isAddressed),
            "replies_to": repliesTo.map { .string($0.rawValue) } ?? .null,
        ]
        return Delivery(
            source: source, id: delivery, event: "message", place: place.name,
            payload: JSONValue.object(fields).text(), receivedAt: now)
    }

    /// nil where the row is none of this version's.
    package init?(_ delivery: Delivery) {
        guard let service = ChatService(delivery.source.rawValue),
            let fields = try? JSONValue(parsing: delivery.payload),
            let id = fields["message"].string, let place = fields["place"].string,
            let author = fields["author"].string, let text = fields["text"].string
        else { return nil }
        self.init(
            delivery: delivery.id, id: MessageID(id), place: Place(service: service, name: place),
            author: Person(service: service, id: author), text: text)
        isPrivate = fields["private"].bool ?? false
        isAddressed = fields["addressed"].bool ?? false
        repliesTo = fields["replies_to"].string.map { MessageID($0) }
    }
}
