import OrchCore

extension ConfigTable {
    static let notify: [ConfigKey] = [
        sink("level", .choice, \.level, "What is less is not told: info, attention or alarm."),
        sink("kinds", .noticeKinds, \.kinds, "Only notices of these kinds; empty: all of that level."),
        sink(
            "command", .command, \.command,
            "A program that is told; the facts are in its environment, and as JSON on its standard input."),
        sink("place", .text, \.place, "telegram, discord: the id of the chat that is told."),
        sink(
            "quiet_hours", .quietHours, \.quietHours,
            "When only alarms are told, such as `22:00-07:00`; empty: never."),
        sink(
            "digest_seconds", .seconds(), \.digest,
            "What is no alarm is gathered for so long; 0: told at once."),
    ]

    private static func sink<Value>(
        _ name: String, _ kind: @autoclosure @escaping @Sendable () -> ConfigKind<Value>,
        _ field: @autoclosure @escaping @Sendable () -> any WritableKeyPath<NoticeSink, Value> & Sendable,
        _ summary: String
    ) -> ConfigKey {
        ConfigKey(
            entry: "notify.SINK.\(name)", kind(),
            ConfigKey.Entry<Value>(
                get: { settings, names in
                    names.first.map { (settings.notify[$0] ?? NoticeSink())[keyPath: field()] }
                },
                set: { settings, names, value in
                    guard let name = names.first else { return }
                    settings.notify[name, default: NoticeSink()][keyPath: field()] =
                        value ?? NoticeSink()[keyPath: field()]
                },
                names: { $0.notify.keys.sorted().map { [$0] } }),
            summary)
    }
}
