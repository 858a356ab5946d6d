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

    init(facts: DoctorFacts) {
        // What is wrong with the configuration is the finding of its own check.
        settings = Configuration.read(facts.home, project: nil, environment: facts.environment).settings
    }

    init(settings: Settings) { self.settings = settings }

    func findings() -> [Finding] {
        guard settings.telegram.isOn else { return [.ok(Self.name, "no chat is configured")] }
        let found = [tokenFile, address, people, library].compactMap { $0 }
        return found.isEmpty ? [.ok(Self.name, "Telegram is configured; `orch listen` talks there")] : found
    }

    private var tokenFile: Finding? {
        let path = settings.telegram.tokenFile
        guard settings.telegram.token.isEmpty, FileStatus.ifPresent(path) == nil else { return nil }
        return .problem(
            Self.name, "`telegram.token_file`: there is no “\(path)”", fix: "write the bot's token into it")
    }

    private var address: Finding? {
        guard !settings.telegram.apiURL.hasPrefix("https://") else { return nil }
        return .warning(
            Self.name, "`telegram.api_url` is not https: the bot's token goes in the address",
            fix: "use such a server on this machine alone")
    }

    private var people: Finding? {
        guard settings.people["telegram", default: [:]].isEmpty else { return nil }
        return .warning(
            Self.name, "nobody may talk to the bot on Telegram",
            fix: "`orch config set people.telegram.NUMBER owner`; @userinfobot tells you your number")
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
