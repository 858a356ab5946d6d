import Platform

extension SystemdTimers {
    /// Where logind keeps a file for each user whose manager runs without a login (`loginctl enable-linger`).
    private static let lingerFolder = "/var/lib/systemd/linger"

    func shortcomings() -> [Finding] {
        guard manager == .user, let user = Account.current()?.name else { return [] }
        // Without logind nobody's manager ends at a log-out.
        guard FileStatus.ifPresent("/run/systemd/seats") != nil else { return [] }
        if FileStatus.ifPresent("\(Self.lingerFolder)/\(user)") != nil {
            return [.ok("timer", "\(user)'s timers run without a login")]
        }
        return [
            .warning(
                "timer", "\(user)'s timers stop at log-out, and do not start at boot",
                fix: "`loginctl enable-linger \(user)`")
        ]
    }
}
