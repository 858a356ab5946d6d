import Curl
import OrchAdapters
import OrchCore

/// The chats that are configured.
extension Listener {
    /// What keeps one chat off is said, and keeps nothing else from starting.
    ///
    /// - Throws: where the configuration is at fault: a token that is none, or cannot be read.
    func startedChats() throws -> [ChatLine] {
        let settings = try Configuration.read(home, project: nil, environment: environment).checked()
        let people = People(settings.people)
        let surroundings = ChatLine.Surroundings(
            store: store, projects: projects, hub: hub, verbs: desk, people: people, loop: loop, log: log,
            now: Self.now)
        var lines: [ChatLine] = []
        var voices: [ChatService: NoticePump.Say] = [:]
        for channel in try channels(settings) {
            if !people.hasAnybody(on: channel.service) {
                log.note(
                    "\(channel.service): nobody may talk to orch there; `people.\(channel.service)` names who"
                )
            }
            let line = try ChatLine(channel, in: surroundings)
            voices[channel.service] = { [weak line] message, completion in
                line?.say(message, then: completion)
            }
            lines.append(line)
        }
        for line in lines { line.start() }
        startNotices(settings.notify, voices)
        return lines
    }

    private func channels(_ settings: Settings) throws -> [any Channel] {
        var channels: [any Channel] = []
        if settings.telegram.isOn {
            let token = try TelegramToken.read(settings.telegram)
            do throws(CurlError) {
                let library = try CurlLibrary()
                channels.append(
                    try TelegramChannel(settings.telegram, token: token, library: library, userAgent: "orch"))
            } catch {
                log.note("telegram is off: \(error.problem); \(error.fix)")
            }
        }
        if settings.discord.isOn {
            let token = try DiscordToken.read(settings.discord)
            let people = Set((settings.people["discord"] ?? [:]).keys)
            do throws(CurlError) {
                let library = try CurlLibrary()
                let own = DiscordSettings(settings.discord, token: token, knownPeople: people)
                channels.append(
                    try DiscordChannel(library, own, cancellation: CurlCancellation(), now: Self.now))
            } catch {
                log.note("discord is off: \(error.problem); \(error.fix)")
            }
        }
        return channels
    }

    /// What the chats know that nobody else is to see.
    static func chatSecrets(_ home: HomePaths, _ environment: [String: String]) -> [String] {
        // What is wrong with the configuration is said where it is used.
        guard let settings = try? Configuration.read(home, project: nil, environment: environment).checked()
        else { return [] }
        let telegram = settings.telegram.isOn ? try? TelegramToken.read(settings.telegram) : nil
        let discord = settings.discord.isOn ? try? DiscordToken.read(settings.discord) : nil
        return [telegram, discord].compactMap(\.self)
    }
}
