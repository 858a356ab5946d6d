/// Whether all that GitHub has sent to the project's webhook has arrived; what has not is sent again.
package enum DeliveriesRule {
    /// What was sent a moment ago may still be on its way.
    package static let transit: Duration = .seconds(10)
    /// How far a look reaches back behind the last one that found everything: what was on its way then, and
    /// what GitHub's clock calls earlier than ours does.
    package static let overlap: Duration = .seconds(120)
    /// How often one delivery is sent again; then only a person can tell why it does not arrive.
    package static let redeliveryLimit = 3
    /// So many are sent again by one sync: a listener that was away for a weekend is not flooded.
    package static let stepLimit = 50
    /// Where nothing has arrived for so long, a ping shows whether the way is open.
    package static let pingAfter: Duration = .seconds(3600)
    /// What arrived longer ago shows nothing.
    package static let proofLifetime: Duration = .seconds(7200)

    package struct Picture: Sendable {
        package let now: Timestamp
        /// nil: never looked at.
        package let last: HookWatch?
        /// Those that lead to a listener of orch's; empty: there is none.
        package let hooks: [SeenHook]
        /// The forge's words, where the account may not look.
        package let refusal: String?

        package init(now: Timestamp, last: HookWatch?, hooks: [SeenHook], refusal: String? = nil) {
            self.now = now
            self.last = last
            self.hooks = hooks
            self.refusal = refusal
        }
    }

    package struct SeenHook: Sendable {
        package let hook: Webhook
        /// Newest first.
        package let attempts: [WebhookAttempt]
        /// There were more than were read.
        package let isCut: Bool
        /// The deliveries among them that are written down here.
        package let arrived: Set<String>
        /// What was sent before was looked at earlier, or concerns nobody: the listener was not there.
        package let since: Timestamp

        package init(
            hook: Webhook, attempts: [WebhookAttempt], isCut: Bool, arrived: Set<String>, since: Timestamp
        ) {
            self.hook = hook
            self.attempts = attempts
            self.isCut = isCut
            self.arrived = arrived
            self.since = since
        }

        fileprivate var newestProof: Timestamp? {
            attempts.first { arrived.contains($0.delivery) }?.at
        }

        /// The newest try of each delivery that never arrived, oldest first.
        fileprivate func missing(_ now: Timestamp) -> [WebhookAttempt] {
            var seen: Set<String> = []
            let newest = attempts.filter { seen.insert($0.delivery).inserted }
            return newest.reversed().filter { attempt in
                attempt.at >= since && attempt.at + transit <= now && !arrived.contains(attempt.delivery)
                    && GitHubEvent.names.contains(attempt.event)
            }
        }

        /// Whether something that was not read may be missing, and a tick rely on its having arrived. What
        /// was sent before ticks last asked is none of that, and they ask every `longestSilence`.
        fileprivate func isCutTooSoon(_ now: Timestamp) -> Bool {
            let needed = max(since, now - Trusting.longestSilence - overlap)
            return isCut && attempts.allSatisfy { $0.at >= needed }
        }

        fileprivate func redeliveries(of delivery: String) -> Int {
            attempts.count { $0.delivery == delivery && $0.isRedelivery }
        }
    }

    /// The one that leads here: something of it has arrived. Else the first that is on.
    static func own(among hooks: [SeenHook]) -> SeenHook? {
        func proof(_ seen: SeenHook) -> Timestamp { seen.newestProof ?? seen.since }
        let proven = hooks.filter { $0.newestProof != nil }
        return proven.max { proof($0) < proof($1) }
            ?? hooks.first(where: \.hook.isActive) ?? hooks.first
    }

    /// What this look has shown.
    package static func watch(_ picture: Picture) -> HookWatch {
        func found(_ verdict: HookWatch.Verdict, _ hook: Int?, _ reason: String) -> HookWatch {
            HookWatch(at: picture.now, verdict: verdict, hook: hook, reason: reason)
        }
        if let refusal = picture.refusal { return found(.refused, nil, refusal) }
        guard let own = own(among: picture.hooks) else {
            return found(.unfit, nil, "the repository has no webhook that leads to \(Webhook.path)")
        }
        let hook = own.hook
        guard hook.isActive else { return found(.unfit, hook.id, "the webhook is switched off") }
        let silent = hook.missingEvents
        guard silent.isEmpty else {
            return found(.unfit, hook.id, "the webhook does not send " + silent.joined(separator: ", "))
        }
        let missing = own.missing(picture.now)
        let isCut = own.isCutTooSoon(picture.now)
        guard missing.isEmpty, !isCut else {
            let count = isCut ? "many deliveries have" : deliveries(missing.count)
            return found(.missing, hook.id, "\(count) not arrived")
        }
        guard let proof = own.newestProof, picture.now < proof + proofLifetime else {
            return found(.unproven, hook.id, "nothing has arrived lately")
        }
        return found(.sound, hook.id, "")
    }

    private static func deliveries(_ count: Int) -> String {
        count == 1 ? "1 delivery has" : "\(count) deliveries have"
    }

    /// 1. Say what is new about the webhook. 2. Have what is missing sent again. 3. Have a ping sent where
    /// nothing has arrived for a while and none is under way.
    package static func decide(_ picture: Picture) -> [Step] {
        let watch = watch(picture)
        var steps: [Step] = []
        if watch.verdict != picture.last?.verdict || watch.reason != picture.last?.reason,
            watch.verdict != .unproven, watch.verdict != .sound || picture.last != nil
        {
            steps.append(.tell(watch))
        }
        guard let own = own(among: picture.hooks), own.hook.isActive else { return steps }
        let hook = own.hook.id
        let missing = own.missing(picture.now)
        let again = missing.filter { own.redeliveries(of: $0.delivery) < redeliveryLimit }
        steps += again.prefix(stepLimit).map { .redeliver($0, hook: hook) }
        let lately = own.attempts.first { $0.event == GitHubEvent.ping.rawValue }?.at
        let isPingDue = lately.map { picture.now >= $0 + pingAfter } ?? true
        let isQuiet = own.newestProof.map { picture.now >= $0 + pingAfter } ?? true
        if missing.isEmpty, isQuiet, isPingDue { steps.append(.ping(hook: hook)) }
        return steps
    }

    package enum Step: SyncStep, Equatable {
        /// What is new about the webhook.
        case tell(HookWatch)
        case redeliver(WebhookAttempt, hook: Int)
        case ping(hook: Int)

        package var task: TaskKey? { nil }

        package var subject: String {
            switch self {
            case .tell(let watch): watch.hook.map { "webhook \($0)" } ?? "the project"
            case .redeliver(_, let hook), .ping(let hook): "webhook \(hook)"
            }
        }

        package var sentence: String {
            switch self {
            case .tell(let watch) where watch.verdict == .sound: "everything arrives again; ticks rely on it"
            case .tell(let watch): "\(watch.reason); ticks ask GitHub themselves"
            case .redeliver(let attempt, _):
                "\(attempt.event) of \(attempt.at.iso8601) never arrived; it is sent again"
            case .ping: "nothing has arrived for a while; a ping shows whether the way is open"
            }
        }
    }
}
