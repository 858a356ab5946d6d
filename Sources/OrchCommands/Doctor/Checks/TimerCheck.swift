import OrchCore

/// Whether something starts orch.
struct TimerCheck: DoctorCheck {
    static let name = "timer"

    let environment: [String: String]

    func findings() -> [Finding] {
        do {
            guard let timers = try choose() else {
                return [.warning(Self.name, ServiceError.noTimers.problem, fix: ServiceError.noTimers.fix)]
            }
            let statuses = try ServiceJob.all.map { try timers.status(of: $0) }.filter(\.isInstalled)
            guard !statuses.isEmpty else {
                return [.warning(Self.name, "nothing starts orch by itself", fix: "`orch service install`")]
            }
            return statuses.map { finding($0, timers.name) } + timers.shortcomings()
        } catch {
            return [.problem(Self.name, error)]
        }
    }

    /// The user's own timer, or where there is none the system's.
    private func choose() throws -> (any Timers)? {
        let own = Result { () throws(ServiceError) in try timers(ofSystem: false) }
        // What is wrong with the user's own is thrown below, unless the system's does the work.
        let isOwn = try (try? own.get())?.map { try $0.installed("tick") != nil } ?? false
        if !isOwn, let system = try timers(ofSystem: true), try system.installed("tick") != nil {
            return system
        }
        return try own.get()
    }

    private func timers(ofSystem wantsSystem: Bool) throws(ServiceError) -> (any Timers)? {
        try TimersChoice(environment: environment, wantsSystem: wantsSystem).timers()
    }

    private func finding(_ status: TimerStatus, _ system: String) -> Finding {
        let text = "\(system): \(ServiceStatusCommand.line(for: status))"
        guard status.isActive else { return .problem(Self.name, text, fix: "`orch service install`") }
        guard status.failure == nil else {
            return .problem(Self.name, text, fix: "`orch doctor --from-timer` looks as the timer does")
        }
        return .ok(Self.name, text)
    }
}
