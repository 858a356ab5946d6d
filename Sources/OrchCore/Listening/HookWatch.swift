/// What the last look at a project's webhook has shown, as a cursor keeps it: `TIME VERDICT HOOK WORDS`.
package struct HookWatch: Equatable, Sendable {
    package enum Verdict: String, CaseIterable, Sendable {
        /// Whatever GitHub has sent has arrived, lately something has, and what matters is sent.
        case sound
        /// Nothing is missing, and nothing has arrived lately either: a ping is on its way.
        case unproven
        /// Something was sent that never arrived.
        case missing
        /// There is no such webhook, it is off, or it does not send what matters.
        case unfit
        /// The account may not look.
        case refused
    }

    package let at: Timestamp
    package let verdict: Verdict
    /// nil where there is none.
    package let hook: Int?
    /// Why it is not sound, for a person; empty where it is.
    package let reason: String

    package init(at: Timestamp, verdict: Verdict, hook: Int?, reason: String = "") {
        self.at = at
        self.verdict = verdict
        self.hook = hook
        self.reason = reason
    }

    package init?(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, let at = Timestamp(iso8601: parts[0]),
            let verdict = Verdict(rawValue: String(parts[1]))
        else { return nil }
        self.init(at: at, verdict: verdict, hook: Int(parts[2]), reason: String(parts[3]))
    }

    package var text: String {
        "\(at.iso8601) \(verdict.rawValue) \(hook.map(String.init) ?? "-") \(reason)"
    }

    /// The name of the cursor that keeps it.
    package static func cursor(of project: Project.ID) -> String { "webhook:\(project.rawValue)" }

    /// How often a webhook is looked at that is as it should be, or that only a person can mend.
    package static let interval: Duration = .seconds(300)
    /// How often an account that was refused tries again.
    package static let refusedInterval: Duration = .seconds(6 * 3600)

    /// Whether it is time for another look.
    package func isDue(_ now: Timestamp, heartbeat: Heartbeat) -> Bool {
        // By a clock that was wrong.
        if at > now { return true }
        switch verdict {
        case .unproven, .missing: return true
        case .sound, .unfit: return at < heartbeat.unbrokenSince || now >= at + Self.interval
        case .refused: return now >= at + Self.refusedInterval
        }
    }
}
