import OrchAdapters
import OrchCore
import OrchEngine

/// Whether the machine's time can be right: schedules, limits and back-off are reckoned by it.
struct ClockCheck: DoctorCheck {
    static let name = "clock"

    /// orch was not written before 2025, and nobody runs it after 2100: a machine without a battery starts
    /// in 1970.
    private static let plausible = Timestamp(seconds: 1_735_689_600)..<Timestamp(seconds: 4_102_444_800)
    /// How far two well-kept clocks may be apart: GitHub's times are in the store.
    private static let tolerance: Duration = .seconds(300)

    /// Limits of accounts end within a week; a wait for one that is much longer was reckoned by another
    /// clock.
    private static let longestWait: Duration = .seconds(8 * 86_400)

    let now: Timestamp
    /// The time of the newest thing that the store knows; nil where it knows nothing.
    let newest: Timestamp?
    /// What is put off, and until when.
    let waits: [(what: String, until: Timestamp)]

    init(now: Timestamp, newest: Timestamp?, waits: [(what: String, until: Timestamp)] = []) {
        self.now = now
        self.newest = newest
        self.waits = waits
    }

    init(facts: DoctorFacts) {
        now = Live.now()
        let store = try? facts.store?.get()
        // A store that cannot be read, here and below, is the database check's finding.
        let times = facts.projects.compactMap {
            try? store?.tasks(of: $0.id, status: nil, limit: 1).first?.updatedAt
        }
        newest = times.max()
        waits = store.map { Self.waits(in: $0, projects: facts.projects) } ?? []
    }

    private static func waits(
        in store: any Store, projects: [Project]
    ) -> [(what: String, until: Timestamp)] {
        let agents = ((try? store.breakers()) ?? [:]).map { (what: "agent \($0)", until: $1.until) }
        let quotas = GitHubRequest.Resource.allCases.compactMap { resource in
            (try? store.quota(resource.rawValue))?.backOffUntil.map {
                (what: "GitHub's \(resource.rawValue)", until: $0)
            }
        }
        let tasks = projects.flatMap { (try? store.openTasks(of: $0.id)) ?? [] }.compactMap { task in
            task.parkedUntil.map { (what: "task \(task.key.id)", until: $0) }
        }
        return agents + quotas + tasks
    }

    func findings() -> [Finding] {
        let fix = "set the clock, and let NTP keep it (`timedatectl set-ntp true`)"
        guard Self.plausible.contains(now) else {
            return [.problem(Self.name, "the clock says \(now.iso8601)", fix: fix)]
        }
        if let newest, newest > now + Self.tolerance {
            return [
                .problem(
                    Self.name, "the clock says \(now.iso8601), but a task changed at \(newest.iso8601)",
                    fix: fix)
            ]
        }
        let late = waits.filter { $0.until > now + Self.longestWait }
        guard late.isEmpty else {
            return late.map { wait in
                let problem =
                    "the clock says \(now.iso8601), but \(wait.what) is put off until \(wait.until.iso8601)"
                return .problem(Self.name, problem, fix: fix)
            }
        }
        return [.ok(Self.name, now.iso8601)]
    }
}
