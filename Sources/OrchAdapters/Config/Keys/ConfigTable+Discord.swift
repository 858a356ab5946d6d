import OrchCore

extension ConfigTable {
    static let discord: [ConfigKey] = [
        ConfigKey(
            "discord.token", .text, \.discord.token,
            "The token of your bot; better in `service.env` as ORCH_DISCORD_TOKEN."),
        ConfigKey(
            "discord.token_file", .text, \.discord.tokenFile,
            "A file that holds the token, for where the token itself is not given."),
        ConfigKey(
            "discord.api_url", .text, \.discord.apiURL,
            "Where the API is; another one for a proxy of your own."),
        ConfigKey(
            "discord.channels", .texts, \.discord.channels,
            "Ids of channels in which the bot listens, for those in `people`; else in private chats alone."),
        ConfigKey(
            "discord.authorities", .text, \.discord.authorities,
            "A file of certificates to trust instead of the system's, for a proxy that looks in."),
    ]
}
