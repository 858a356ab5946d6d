/// The token of a bot, as the configuration has it.
enum ChatToken {
    /// - Parameters:
    ///   - written: the key `SERVICE.token`.
    ///   - path: the key `SERVICE.token_file`, which counts where `written` is empty.
    ///   - isToken: whether the service gives such tokens; nothing else goes into an address or a header.
    static func read(
        _ written: String, file path: String, of service: String, _ isToken: (String) -> Bool
    ) throws(ListenerError) -> String {
        let key = written.isEmpty ? "\(service).token_file" : "\(service).token"
        let text = written.isEmpty ? try SecretFile.read(path, key: key) : written
        let token = String(text.drop(while: \.isWhitespace).prefix { !$0.isWhitespace })
        guard isToken(token) else { throw .tokenMalformed(key: key) }
        return token
    }
}
