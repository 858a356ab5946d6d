import OrchCore

/// The secret that GitHub's webhooks are signed with.
enum WebhookSecret {
    /// - Throws: where there is none; nothing is taken in unsigned.
    static func read(_ settings: Settings.Listen, home: String) throws(ListenerError) -> String {
        if !settings.webhookSecret.isEmpty { return settings.webhookSecret }
        guard !settings.webhookSecretFile.isEmpty else { throw .noSecret(home: home) }
        return try SecretFile.read(settings.webhookSecretFile, key: "listen.webhook_secret_file")
    }
}
