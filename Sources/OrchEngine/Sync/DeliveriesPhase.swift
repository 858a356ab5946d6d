import OrchCore

/// Whether GitHub's deliveries can be relied on: a few calls every five minutes, and only while a listener is
/// there.
///
/// What it has found is a cursor (`HookWatch`), by which ticks tell whether they have to ask (`Trusting`). It
/// is written before anything is said or sent again: ticks ask as soon as something is missing, and where
/// this crashes, what was not sent again is so by the next sync.
struct DeliveriesPhase: SyncPhase {
    static let name = "deliveries"

    private let work: SyncWork

    init(_ work: SyncWork) { self.work = work }

    /// Nobody has more of them.
    private static let hookLimit = 4
    /// A few of GitHub's pages.
    private static let attemptLimit = 1000

    func observe() throws -> DeliveriesRule.Picture? {
        guard let webhooks = work.ports.webhooks(work.project), let heartbeat = try work.store.heartbeat(),
            heartbeat.hearsGitHub, heartbeat.isFresh(work.now)
        else { return nil }
        let now = work.now
        let last = try work.store.cursor(HookWatch.cursor(of: work.project.id)).flatMap(HookWatch.init)
        guard work.isByHand || last?.isDue(now, heartbeat: heartbeat) ?? true else { return nil }
        // What a listener that was away has missed counts from where everything had arrived.
        let since = try lastSound() ?? heartbeat.unbrokenSince
        let picture: DeliveriesRule.Picture
        do {
            let candidates = try webhooks.webhooks().filter(\.leadsToOrch).prefix(Self.hookLimit)
            let hooks = try candidates.map { try look(at: $0, through: webhooks, since: since) }
            picture = DeliveriesRule.Picture(now: now, last: last, hooks: hooks)
        } catch let error as TrackerError where error.isRefusal {
            picture = DeliveriesRule.Picture(now: now, last: last, hooks: [], refusal: error.problem)
        }
        if !work.isDryRun { try write(DeliveriesRule.watch(picture)) }
        return picture
    }

    private var soundCursor: String { "webhook-sound:\(work.project.id.rawValue)" }

    private func lastSound() throws -> Timestamp? {
        try work.store.cursor(soundCursor).flatMap { Timestamp(iso8601: $0) }
    }

    private func look(
        at hook: Webhook, through webhooks: any Webhooks, since: Timestamp
    ) throws -> DeliveriesRule.SeenHook {
        // Further back for the last sign that the way is open.
        let horizon = min(since, work.now - DeliveriesRule.proofLifetime)
        let (attempts, isCut) = try webhooks.attempts(of: hook.id, since: horizon, limit: Self.attemptLimit)
        let ids = Set(attempts.map(\.delivery))
        let arrived = try work.store.received(Array(ids), from: .github)
        return DeliveriesRule.SeenHook(
            hook: hook, attempts: attempts, isCut: isCut, arrived: arrived, since: since)
    }

    private func write(_ watch: HookWatch) throws {
        try work.store.setCursor(HookWatch.cursor(of: work.project.id), to: watch.text)
        guard watch.verdict == .sound else { return }
        let covered = watch.at - DeliveriesRule.overlap
        try work.store.setCursor(soundCursor, to: covered.iso8601)
    }

    static func decide(_ picture: DeliveriesRule.Picture) -> [DeliveriesRule.Step] {
        DeliveriesRule.decide(picture)
    }

    func perform(_ step: DeliveriesRule.Step) throws {
        guard let webhooks = work.ports.webhooks(work.project) else { return }
        switch step {
        case .tell(let watch):
            try work.audit("webhook", nil, "\(watch.verdict.rawValue) \(watch.reason)")
            let notice = work.ports.noticing(work.project).deliveries(step, watch)
            try work.ports.note(notice)
        case .redeliver(let attempt, let hook): try webhooks.redeliver(attempt.id, of: hook)
        case .ping(let hook): try webhooks.ping(hook)
        }
    }
}
