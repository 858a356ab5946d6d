import OrchCore
import Platform

/// The bot's token, from the configuration or the file that it names.
enum TelegramToken {
    /// Far more than any token.
    private static let limitBytes = 4096

    /// `NUMBER:LETTERS`, as @BotFather gives it: it becomes a part of an address, so nothing else is let
    /// through.
    static func read(_ settings: Settings.Telegram) throws(ListenerError) -> String {
        let key = settings.token.isEmpty ? "telegram.token_file" : "telegram.token"
        let written = settings.token.isEmpty ? try contents(of: settings.tokenFile, key: key) : settings.token
        let token = String(written.drop(while: \.isWhitespace).prefix { !$0.isWhitespace })
        guard isToken(token) else { throw .tokenMalformed(key: key) }
        return token
    }

    private static func contents(of path: String, key: String) throws(ListenerError) -> String {
        do throws(SystemError) {
            return String(decoding: try WholeFile.read(path, limitBytes: limitBytes), as: UTF8.self)
        } catch {
            throw .secretUnreadable(key: key, error)
        }
    }

    private static func isToken(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return false }
        return parts[0].utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            && parts[1].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
    }
}
