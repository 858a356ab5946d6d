import OrchCore

/// The token of the bot on Discord.
enum DiscordToken {
    static func read(_ settings: Settings.Discord) throws(ListenerError) -> String {
        try ChatToken.read(settings.token, file: settings.tokenFile, of: "discord", isToken)
    }

    /// Letters in parts between dots, as the developers' page gives it: it goes into a header.
    private static func isToken(_ text: String) -> Bool {
        text.contains(".")
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    }
}
