import OrchCore

extension ConfigTable {
    static let telegram: [ConfigKey] = [
        ConfigKey(
            "telegram.token", .text, \.telegram.token,
            "The token of your bot; better in `service.env` as ORCH_TELEGRAM_TOKEN."),
        ConfigKey(
            "telegram.token_file", .text, \.telegram.tokenFile,
            "A file that holds the token, for where the token itself is not given."),
        ConfigKey(
            "telegram.api_url", .text, \.telegram.apiURL,
            "Where the Bot API is; another one for a server of your own."),
        ConfigKey(
            "telegram.groups", .texts, \.telegram.groups,
            "Ids of groups in which the bot listens, for those in `people`; else in private chats alone."),
    ]

    /// Who may drive orch from a chat, by service and number.
    static let people: [ConfigKey] = [person("telegram"), person("discord")]

    private static func person(_ service: String) -> ConfigKey {
        ConfigKey(
            entry: "people.\(service).PERSON", .choice, role(service),
            "What the person with this number may do from \(service.capitalizedFirst).")
    }

    private static func role(_ service: String) -> ConfigKey.Entry<Role> {
        ConfigKey.Entry<Role>(
            get: { settings, names in names.first.flatMap { settings.people[service]?[$0] } },
            set: { settings, names, role in
                if let name = names.first { settings.people[service, default: [:]][name] = role }
            },
            names: { ($0.people[service] ?? [:]).keys.sorted().map { [$0] } })
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
