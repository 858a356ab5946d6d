import OrchAdapters
import OrchCore
import OrchEngine
import Platform

/// Whether `orch listen` is there where it is wanted, and can be.
struct ListenerCheck: DoctorCheck {
    static let name = "listen"

    let home: String
    let settings: Settings.Listen
    let heartbeat: Heartbeat?
    let isAlive: (Owner) -> Bool
    let now: Timestamp

    init(facts: DoctorFacts) {
        home = facts.home.home
        // What is wrong with the configuration is the finding of its own check.
        settings =
            Configuration.read(facts.home, project: nil, environment: facts.environment).settings.listen
        heartbeat = (try? facts.store?.get().heartbeat()) ?? nil
        isAlive = facts.ports.hosts.isAlive
        now = facts.ports.now()
    }

    init(
        home: String, settings: Settings.Listen, heartbeat: Heartbeat?, now: Timestamp,
        isAlive: @escaping (Owner) -> Bool
    ) {
        (self.home, self.settings, self.heartbeat, self.now) = (home, settings, heartbeat, now)
        self.isAlive = isAlive
    }

    func findings() -> [Finding] {
        guard let heartbeat else {
            return [.ok(Self.name, "nothing listens; the next tick finds out by asking")]
        }
        return [presence(heartbeat), secret, token, reach].compactMap { $0 }
    }

    private func presence(_ heartbeat: Heartbeat) -> Finding {
        guard heartbeat.isFresh(now), isAlive(heartbeat.listener) else {
            return .warning(
                Self.name,
                "a listener was here until \(heartbeat.at.iso8601), and is gone: ticks ask GitHub again",
                fix:
                    "`orch service install --listen` keeps one running; `orch listen` says why one does not start"
            )
        }
        let hears = heartbeat.hearsGitHub ? "hears GitHub’s webhooks" : "takes no webhooks"
        return .ok(Self.name, "a listener is here since \(heartbeat.unbrokenSince.iso8601), and \(hears)")
    }

    /// Of this shell's environment: a listener that a service manager has started may have its own.
    private var secret: Finding? {
        guard settings.webhooks, settings.webhookSecret.isEmpty else { return nil }
        if !settings.webhookSecretFile.isEmpty {
            return missing(settings.webhookSecretFile, of: "webhook_secret_file", "the webhook’s secret")
        }
        let path = ServiceSecrets.file(in: home)
        let written = (try? ServiceSecrets.added(to: [ServiceSecrets.variable: path])) ?? [:]
        guard written["ORCH_WEBHOOK_SECRET", default: ""].isEmpty else { return nil }
        return .warning(
            Self.name,
            "there is no secret to know GitHub’s webhooks by; the listener will not start without one",
            fix: "put `ORCH_WEBHOOK_SECRET=…` into \(path), or set `listen.webhooks: false`")
    }

    private var token: Finding? {
        guard settings.token.isEmpty, !settings.tokenFile.isEmpty else { return nil }
        return missing(settings.tokenFile, of: "token_file", "what opens the API by TCP")
    }

    /// Without a file that is named, the listener does not start.
    private func missing(_ path: String, of key: String, _ content: String) -> Finding? {
        guard FileStatus.ifPresent(path) == nil else { return nil }
        return .problem(
            Self.name, "`listen.\(key)`: there is no “\(path)”", fix: "write \(content) into it")
    }

    private var reach: Finding? {
        let own = ["127.", "[::1]", "localhost:"]
        guard !settings.address.isEmpty, !own.contains(where: settings.address.hasPrefix) else { return nil }
        return .warning(
            Self.name, "`listen.address` \(settings.address) can be reached from other machines, unencrypted",
            fix: "listen at 127.0.0.1, behind a tunnel or a proxy that speaks TLS: docs/listen.md")
    }
}
