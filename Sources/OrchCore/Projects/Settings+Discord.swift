extension Settings {
    /// `discord`: the bot that people talk to. Only the global file's counts.
    package struct Discord: Equatable, Sendable {
        /// The bot's token; empty: there is none.
        package var token = ""
        /// A file that has it; it counts where `token` is empty.
        package var tokenFile = ""
        /// Discord's, or that of a proxy of one's own.
        package var apiURL = "https://discord.com/api/v10"
        /// Ids of the channels in which the bot listens and speaks; elsewhere it does in private chats alone.
        package var channels: [String] = []
        /// A file of certificates that are trusted instead of the system's; empty: the system's are.
        package var authorities = ""

        package init() {}

        package var isOn: Bool { !token.isEmpty || !tokenFile.isEmpty }
    }
}
