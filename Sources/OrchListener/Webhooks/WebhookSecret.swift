import OrchCore
import Platform

/// The secret that GitHub's webhooks are signed with.
enum WebhookSecret {
    private static let limitBytes = 4096

    /// - Throws: where there is none; nothing is taken in unsigned.
    static func read(_ settings: Settings.Listen, home: String) throws(ListenerError) -> String {
        if !settings.webhookSecret.isEmpty { return settings.webhookSecret }
        guard !settings.webhookSecretFile.isEmpty else { throw .noSecret(home: home) }
        let (key, path) = ("listen.webhook_secret_file", settings.webhookSecretFile)
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try WholeFile.read(path, limitBytes: limitBytes)
        } catch {
            throw .secretUnreadable(key: key, error)
        }
        // Editors end a file with a line break, which is no part of the secret.
        let text = String(decoding: bytes, as: UTF8.self)
        let secret = text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        guard !secret.isEmpty else { throw .secretEmpty(key: key, path: path) }
        return String(secret)
    }
}
