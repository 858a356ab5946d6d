import OrchCore

/// What opens the API and the page by TCP.
enum APIToken {
    /// A token that can be guessed opens a shell to whoever guesses it.
    static let shortestBytes = 16

    /// - Returns: empty where none is configured: nobody by TCP.
    /// - Throws: where a file that is named has none, or where it is too short.
    static func read(_ settings: Settings.Listen) throws(ListenerError) -> String {
        let isWritten = !settings.token.isEmpty || settings.tokenFile.isEmpty
        let key = isWritten ? "listen.token" : "listen.token_file"
        let token = isWritten ? settings.token : try SecretFile.read(settings.tokenFile, key: key)
        let bytes = token.utf8.count
        guard bytes == 0 || bytes >= shortestBytes else { throw .tokenTooShort(key: key, bytes: bytes) }
        return token
    }
}
