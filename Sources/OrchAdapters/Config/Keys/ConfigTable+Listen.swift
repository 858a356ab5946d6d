import OrchCore

extension ConfigTable {
    static let listen: [ConfigKey] = [
        ConfigKey(
            "listen.address", .text, \.listen.address,
            "Where `orch listen` listens by TCP: a numeric address and a port; empty: nowhere."),
        ConfigKey(
            "listen.socket", .text, \.listen.socket,
            "The path of its unix socket; empty: `listen.sock` in orch’s home."),
        ConfigKey("listen.webhooks", .flag, \.listen.webhooks, "Take in GitHub’s webhooks."),
        ConfigKey(
            "listen.webhook_secret", .text, \.listen.webhookSecret,
            "What GitHub signs them with; better in `service.env` as ORCH_WEBHOOK_SECRET."),
        ConfigKey(
            "listen.webhook_secret_file", .text, \.listen.webhookSecretFile,
            "A file that holds the secret, for where the secret itself is not given."),
        ConfigKey(
            "listen.token", .text, \.listen.token,
            "Opens the API and the page by TCP, to whoever knows it; empty: only by the unix socket."),
        ConfigKey(
            "listen.token_file", .text, \.listen.tokenFile,
            "A file that holds the token, for where the token itself is not given."),
        ConfigKey(
            "listen.hosts", .texts, \.listen.hosts,
            "What a proxy or a tunnel calls this machine, for the page; addresses need not be named."),
    ]
}
