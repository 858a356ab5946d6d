import OrchCore
import Testing

@testable import OrchCommands

@Suite struct ChatsCheckTests {
    private func levels(_ change: (inout Settings) -> Void) -> [Finding.Level] {
        var settings = Settings()
        settings.telegram.token = "1:a"
        settings.people = ["telegram": ["1": .owner]]
        change(&settings)
        var check = ChatsCheck(settings: settings)
        check.libraryFolders = []
        // Without libraries that is one finding more, on Linux.
        return check.findings().filter { !$0.text.contains("libcurl") }.map(\.level)
    }

    @Test func `chats that are off are no trouble`() {
        #expect(ChatsCheck(settings: Settings()).findings().map(\.level) == [.ok])
    }

    @Test func `what would keep the bot from working is said`() {
        #expect(levels { _ in }.contains(.problem) == false)
        #expect(levels { $0.people = [:] } == [.warning])
        #expect(levels { $0.telegram.apiURL = "http://elsewhere.example" } == [.warning])
        #expect(
            levels {
                $0.telegram.token = ""
                $0.telegram.tokenFile = "/nonexistent/token"
            } == [.problem])
    }

    @Test func `Discord alone is a chat too`() {
        var settings = Settings()
        settings.discord.token = "a.b.c"
        var check = ChatsCheck(settings: settings)
        check.libraryFolders = ["/nonexistent"]
        #expect(check.findings().contains { $0.level == .warning && $0.text.contains("Discord") })
        settings.people = ["discord": ["1": .owner]]
        settings.discord.tokenFile = "/nonexistent/token"
        settings.discord.token = ""
        #expect(ChatsCheck(settings: settings).findings().contains { $0.level == .problem })
    }

    #if os(Linux)
        @Test func `a system without libcurl has no chats`() {
            var settings = Settings()
            settings.telegram.token = "1:a"
            var check = ChatsCheck(settings: settings)
            check.libraryFolders = ["/nonexistent"]
            #expect(check.findings().contains { $0.level == .problem && $0.text.contains("libcurl") })
        }
    #endif
}
