import OrchCore
import Platform
import Testing

@testable import OrchCommands

struct ListenerCheckTests {
    private let folder: TemporaryFolder
    private let now = Timestamp(seconds: 1_700_000_000)
    private let owner = Owner(bootID: "boot", pid: 7, startTime: 1)

    init() throws { folder = try TemporaryFolder() }

    private func findings(
        ago: Int? = 5, isAlive: Bool = true, change: (inout Settings.Listen) -> Void = { _ in }
    ) -> [Finding] {
        var settings = Settings.Listen()
        settings.webhookSecret = "sesame"
        change(&settings)
        let heartbeat = ago.map {
            let at = Timestamp(seconds: now.seconds - $0)
            return Heartbeat(listener: owner, unbrokenSince: at, at: at, hearsGitHub: true)
        }
        return ListenerCheck(
            home: folder.path, settings: settings, heartbeat: heartbeat, now: now,
            isAlive: { [owner] in isAlive && $0 == owner }
        ).findings()
    }

    @Test func `where none was ever started, none is missed`() {
        let found = findings(ago: nil) { $0.webhookSecret = "" }
        #expect(found.map(\.level) == [.ok])
    }

    @Test func `one that is here is well, one that is gone is missed`() {
        #expect(findings().map(\.level) == [.ok])
        #expect(findings(ago: 3600).map(\.level) == [.warning])
        #expect(findings(isAlive: false).map(\.level) == [.warning])
    }

    @Test func `without a secret it would not start again`() throws {
        #expect(findings { $0.webhookSecret = "" }.map(\.level) == [.ok, .warning])
        #expect(
            findings {
                $0.webhookSecret = ""; $0.webhooks = false
            }.map(\.level) == [.ok])
        let path = "\(folder.path)/secret"
        let byFile = { (settings: inout Settings.Listen) in
            settings.webhookSecret = ""
            settings.webhookSecretFile = path
        }
        #expect(findings(change: byFile).map(\.level) == [.ok, .problem])
        try AtomicFile.write(Array("sesame".utf8), to: path)
        #expect(findings(change: byFile).map(\.level) == [.ok])
        // The service manager reads it from there.
        try AtomicFile.write(Array("ORCH_WEBHOOK_SECRET=sesame\n".utf8), to: "\(folder.path)/service.env")
        #expect(findings { $0.webhookSecret = "" }.map(\.level) == [.ok])
    }

    @Test func `a token's file that is missing keeps it from starting`() throws {
        let path = "\(folder.path)/token"
        #expect(findings { $0.tokenFile = path }.map(\.level) == [.ok, .problem])
        // What is written counts, and no file is looked for.
        #expect(findings { ($0.token, $0.tokenFile) = ("0123456789abcdef", path) }.map(\.level) == [.ok])
        try AtomicFile.write(Array("0123456789abcdef".utf8), to: path)
        #expect(findings { $0.tokenFile = path }.map(\.level) == [.ok])
    }

    @Test(arguments: [
        ("127.0.0.1:1", false), ("[::1]:1", false), ("", false), ("0.0.0.0:80", true), ("192.0.2.1:80", true),
    ])
    func `an address that others reach is warned of`(_ address: String, _ isWarned: Bool) {
        #expect(findings { $0.address = address }.count == (isWarned ? 2 : 1))
    }
}
