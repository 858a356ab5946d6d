package import Curl
package import OrchCore

/// Which bot of Discord's orch is, and where that is.
package struct DiscordSettings: Sendable {
    /// The bot's; never shown.
    package let token: String
    /// The API's; the gateway is named by it.
    package let address: String
    /// Whose slash commands are answered, by number. What a stranger types gets no answer, as Discord tells
    /// them.
    package let knownPeople: Set<String>
    /// The channels of servers that are listened to, with their threads, by number; private chats always are.
    package let channels: Set<String>
    package let curl: CurlSettings
    /// From the beginning of one connection to that of the next, however it ended.
    package var connectionPause: Duration = .seconds(1)
    /// From one new session to the next: https://discord.com/developers/docs/events/gateway#rate-limiting
    package var sessionPause: Duration = .seconds(5)

    /// - Parameter knownPeople: by number.
    package init(_ settings: Settings.Discord, token: String, knownPeople: Set<String>) {
        self.token = token
        self.knownPeople = knownPeople
        channels = Set(settings.channels)
        address = settings.apiURL.hasSuffix("/") ? String(settings.apiURL.dropLast()) : settings.apiURL
        // The form that Discord asks for: https://discord.com/developers/docs/reference#user-agent
        curl = CurlSettings(
            userAgent: "DiscordBot (orch, 1)",
            authoritiesPath: settings.authorities.isEmpty ? nil : settings.authorities,
            // The token goes in a header: it stays on this machine where nothing hides it.
            allowsPlainHTTP: LocalAddress.isLocal(address))
    }
}

/// Addresses without TLS that lead nowhere but to this machine.
private enum LocalAddress {
    static func isLocal(_ url: String) -> Bool {
        ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { base in
            url.hasPrefix(base) && [nil, ":", "/"].contains(url.dropFirst(base.count).first)
        }
    }
}
