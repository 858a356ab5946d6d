import OrchAdapters
import OrchCore
import Platform
import Subprocess

/// Whether whoever is to hear of what happens can be told.
struct NoticesCheck: DoctorCheck {
    static let name = "notices"

    #if canImport(Darwin)
        private static let desktop = (program: "osascript", fix: "it comes with macOS; look at PATH")
    #else
        private static let desktop = (
            program: "notify-send", fix: "install it (Debian: `apt install libnotify-bin`)"
        )
    #endif

    let settings: Settings
    /// The path of a program as orch finds it; nil: there is none.
    let program: (String) -> String?

    init(facts: DoctorFacts) {
        settings = facts.listenerSettings
        program = facts.program
    }

    init(settings: Settings, program: @escaping (String) -> String?) {
        (self.settings, self.program) = (settings, program)
    }

    func findings() -> [Finding] {
        let sinks = settings.notify.sorted { $0.key < $1.key }
        if sinks.isEmpty { return [.ok(Self.name, "nobody is told of any; `orch notices` shows them")] }
        let found = sinks.compactMap { trouble(with: $1, named: $0) }
        if !found.isEmpty { return found }
        return [.ok(Self.name, "told: \(sinks.map(\.key).joined(separator: ", "))")]
    }

    private func trouble(with sink: NoticeSink, named name: String) -> Finding? {
        switch sink.teller(named: name) {
        case .program?:
            let word = sink.command[0]
            let isThere =
                word.contains("/") ? ProgramSearch.isExecutable(word) : program(word) != nil
            if isThere { return nil }
            return .problem(
                Self.name, "`notify.\(name).command`: there is no program “\(word)”",
                fix: "install it, or correct the command")
        case .desktop?:
            if program(Self.desktop.program) != nil { return nil }
            return .problem(
                Self.name, "`notify.\(name)`: there is no \(Self.desktop.program)", fix: Self.desktop.fix)
        case .listener(let service)?:
            if isOn(service) { return nil }
            return .problem(
                Self.name, "`notify.\(name)` is told by a bot, and none is configured",
                fix: "give `\(service.rawValue).token` as docs/chats.md says")
        case nil:
            return .problem(
                Self.name, "`notify.\(name)` has no way to tell anything",
                fix: "give it a `command`, or a `place` where it is a chat")
        }
    }

    private func isOn(_ service: NoticeSink.BuiltIn) -> Bool {
        switch service {
        case .telegram: settings.telegram.isOn
        case .discord: settings.discord.isOn
        case .desktop: true
        }
    }
}
