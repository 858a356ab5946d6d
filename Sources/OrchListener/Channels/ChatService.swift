/// A chat service by its name, as config, rows and the audit spell it.
package struct ChatService: Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String

    private init(known: String) { rawValue = known }

    package static let telegram = ChatService(known: "telegram")
    package static let discord = ChatService(known: "discord")
    package static let all = [telegram, discord]

    /// nil where orch knows no such service.
    package init?(_ rawValue: String) {
        guard let known = Self.all.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = known
    }

    package var description: String { rawValue }
}
