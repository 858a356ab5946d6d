/// What was said so far, as far as the next prompt needs it. It is kept nowhere: a conversation that is over
/// leaves nothing behind.
package struct ChatHistory: Sendable {
    /// v0's count of exchanges.
    private static let exchangeLimit = 10
    /// One that is longer is cut: ten of them have to fit into a prompt.
    private static let wordsLimitBytes = 8 << 10

    private var exchanges: [(user: String, assistant: String)] = []

    package init() {}

    package mutating func add(user: String, assistant: String) {
        exchanges.append(
            (user.clipped(toBytes: Self.wordsLimitBytes), assistant.clipped(toBytes: Self.wordsLimitBytes)))
        if exchanges.count > Self.exchangeLimit { exchanges.removeFirst() }
    }

    /// For a prompt.
    package var text: String {
        if exchanges.isEmpty { return "(nothing was said yet)" }
        return exchanges.map { "User: \($0.user)\nAssistant: \($0.assistant)" }.joined(separator: "\n")
    }
}
