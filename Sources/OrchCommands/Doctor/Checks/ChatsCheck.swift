import OrchAdapters
import OrchCore
import Platform

/// Whether the chats that are configured can work.
struct ChatsCheck: DoctorCheck {
    static let name = "chats"

    let settings: Settings
    /// Where the system keeps its libraries.
    var libraryFolders = ChatsCheck.systemFolders

    private static let systemFolders = [
        "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib", "/lib64", "/lib",
        "/usr/local/lib",
    ]
    private static let libraries = ["libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.4.dylib"]

    init(facts: DoctorFacts) { settings = facts.listenerSettings }

    init(settings: Settings) { self.settings = settings }

    func findings() -> [Finding] {
        var services: [String] = []
        var found: [Finding?] = []
        if settings.telegram.isOn {
            services.append("Telegram")
            found += [
                tokenFile("telegram", settings.telegram.token, settings.telegram.tokenFile),
                address("telegram", settings.telegram.apiURL),
                people("telegram", "Telegram", fix: "@userinfobot tells you your number"),
            ]
        }
        if settings.discord.isOn {
            services.append("Discord")
            found += [
                tokenFile("discord", settings.discord.token, settings.discord.tokenFile),
                address("discord", settings.discord.apiURL),
                people("discord", "Discord", fix: "docs/discord.md says where to find your number"),
            ]
        }
        if services.isEmpty { return [.ok(Self.name, "no chat is configured")] }
        let troubles = (found + [library]).compactMap(\.self)
        if !troubles.isEmpty { return troubles }
        let names = services.joined(separator: " and ")
        let verb = services.count == 1 ? "is" : "are"
        return [.ok(Self.name, "\(names) \(verb) configured; `orch listen` talks there")]
    }

    private func tokenFile(_ section: String, _ token: String, _ path: String) -> Finding? {
        guard token.isEmpty, FileStatus.ifPresent(path) == nil else { return nil }
        return .problem(
            Self.name, "`\(section).token_file`: there is no “\(path)”", fix: "write the bot's token into it")
    }

    private func address(_ section: String, _ url: String) -> Finding? {
        guard !url.hasPrefix("https://") else { return nil }
        return .warning(
            Self.name, "`\(section).api_url` is not https: the bot's token goes over the line as it is",
            fix: "use such a server on this machine alone")
    }

    private func people(_ section: String, _ service: String, fix: String) -> Finding? {
        guard settings.people[section, default: [:]].isEmpty else { return nil }
        return .warning(
            Self.name, "nobody may talk to the bot on \(service)",
            fix: "`orch config set people.\(section).NUMBER owner`; \(fix)")
    }

    #if canImport(Darwin)
        /// macOS has it in its cache of libraries, not as a file.
        private var library: Finding? { nil }
    #else
        private var library: Finding? {
            let isThere = libraryFolders.contains { folder in
                Self.libraries.contains { FileStatus.ifPresent("\(folder)/\($0)") != nil }
            }
            if isThere { return nil }
            return .problem(
                Self.name, "there is no libcurl, and without it no chat",
                fix: "install it (Debian: `apt install libcurl4`); the rest of orch works without")
        }
    #endif
}
