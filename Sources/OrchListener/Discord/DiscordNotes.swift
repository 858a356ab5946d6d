import Platform

/// What the channel's two threads know of Discord together.
struct DiscordNotes {
    /// A slash command that was acknowledged and waits for its answer.
    struct Interaction: Equatable {
        let id: String
        let application: String
        let token: String
        let channel: String
        /// Its answer stands in place of “thinking …”; what follows are messages of their own.
        fileprivate(set) var isAnswered = false
        fileprivate var until: MonotonicTime?

        init(id: String, application: String, token: String, channel: String) {
            (self.id, self.application, self.token, self.channel) = (id, application, token, channel)
        }
    }

    /// Discord takes answers for fifteen minutes; what comes late goes to the channel itself.
    private static let answerTime: Duration = .seconds(14 * 60)
    private static let interactionLimit = 1000
    private static let threadLimit = 20_000

    /// The bot's number, once the gateway has told it.
    var bot: String?
    /// The channel of each thread that was met; nil for a channel that is none.
    private var parents: [String: String?] = [:]
    private var interactions: [String: Interaction] = [:]

    /// - Returns: nil where it is not known whether the channel is a thread.
    func parent(of channel: String) -> String?? { parents[channel] }

    mutating func note(_ channel: String, parent: String?) {
        if parents.count >= Self.threadLimit { parents.removeAll() }
        parents[channel] = .some(parent)
    }

    mutating func note(_ interaction: Interaction, now: MonotonicTime) {
        if interactions.count >= Self.interactionLimit {
            interactions = interactions.filter { ($0.value.until ?? now) > now }
        }
        if interactions.count >= Self.interactionLimit { interactions.removeAll() }
        interactions[interaction.id] = interaction
        interactions[interaction.id]?.until = now + Self.answerTime
    }

    /// What to answer in that channel; nil where it is no slash command's id, or it is too late.
    func interaction(_ id: String, in channel: String, now: MonotonicTime) -> Interaction? {
        guard let known = interactions[id], known.channel == channel, let until = known.until, until > now
        else { return nil }
        return known
    }

    mutating func noteAnswered(_ interaction: String) { interactions[interaction]?.isAnswered = true }

    mutating func forget(interaction: String) { interactions[interaction] = nil }
}
