import OrchCore

/// The bot's token, from the configuration or the file that it names.
enum TelegramToken {
    /// `NUMBER:LETTERS`, as @BotFather gives it: it becomes a part of an address, so nothing else is let
    /// through.
    static func read(_ settings: Settings.Telegram) throws(ListenerError) -> String {
        try ChatToken.read(settings.token, file: settings.tokenFile, of: "telegram", isToken)
    }

    private static func isToken(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return false }
        return parts[0].utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            && parts[1].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
    }
}
