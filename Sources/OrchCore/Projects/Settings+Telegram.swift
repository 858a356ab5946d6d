extension Settings {
    /// `telegram`: the bot that people talk to. Only the global file's counts.
    package struct Telegram: Equatable, Sendable {
        /// The bot's token; empty: there is none.
        package var token = ""
        /// A file that has it; it counts where `token` is empty.
        package var tokenFile = ""
        /// Telegram's, or that of a Bot API server of one's own.
        package var apiURL = "https://api.telegram.org"
        /// Ids of the groups in which the bot listens and speaks; elsewhere it does in private chats alone.
        package var groups: [String] = []

        package init() {}

        package var isOn: Bool { !token.isEmpty || !tokenFile.isEmpty }
    }
}
