import OrchCore
import Testing

@Suite struct DeliveriesRuleTests {
    private let now = Timestamp(seconds: 1_800_000_000)

    private func attempt(
        _ delivery: String, ago: Int, event: String = "issues", again: Bool = false, id: Int = 1
    ) -> WebhookAttempt {
        WebhookAttempt(
            id: id, delivery: delivery, event: event, at: now - .seconds(ago), isRedelivery: again)
    }

    private func hook(_ id: Int = 7, isActive: Bool = true, events: [String] = ["*"]) -> Webhook {
        Webhook(id: id, url: "https://a.example/webhook/github", isActive: isActive, events: events)
    }

    private func seen(
        _ attempts: [WebhookAttempt], arrived: Set<String>, of hook: Webhook? = nil, isCut: Bool = false,
        since: Int = 600
    ) -> DeliveriesRule.SeenHook {
        DeliveriesRule.SeenHook(
            hook: hook ?? self.hook(), attempts: attempts, isCut: isCut, arrived: arrived,
            since: now - .seconds(since))
    }

    private func picture(
        _ hooks: DeliveriesRule.SeenHook..., last: HookWatch.Verdict? = .sound, refusal: String? = nil
    ) -> DeliveriesRule.Picture {
        let watch = last.map { HookWatch(at: now - .seconds(300), verdict: $0, hook: 7) }
        return DeliveriesRule.Picture(now: now, last: watch, hooks: hooks, refusal: refusal)
    }

    private func verdict(_ picture: DeliveriesRule.Picture) -> HookWatch.Verdict {
        DeliveriesRule.watch(picture).verdict
    }

    @Test func `where all has arrived there is nothing to do`() {
        let picture = picture(seen([attempt("b", ago: 60), attempt("a", ago: 90)], arrived: ["a", "b"]))
        #expect(verdict(picture) == .sound)
        #expect(DeliveriesRule.decide(picture).isEmpty)
    }

    @Test func `what never arrived is said and sent again, oldest first`() {
        let attempts = [attempt("c", ago: 30, id: 3), attempt("b", ago: 60, id: 2), attempt("a", ago: 90)]
        let picture = picture(seen(attempts, arrived: ["b"]))
        #expect(verdict(picture) == .missing)
        let steps = DeliveriesRule.decide(picture)
        #expect(
            steps == [
                .tell(DeliveriesRule.watch(picture)), .redeliver(attempts[2], hook: 7),
                .redeliver(attempts[0], hook: 7),
            ])
        #expect(steps.first?.sentence == "2 deliveries have not arrived; ticks ask GitHub themselves")
    }

    @Test func `one that arrived by a later try is not missing`() {
        let picture = picture(
            seen([attempt("a", ago: 60, again: true, id: 2), attempt("a", ago: 90)], arrived: ["a"]))
        #expect(verdict(picture) == .sound)
    }

    @Test func `a delivery is sent again three times, and is missing all the same`() {
        let tries = (1...3).map { attempt("a", ago: 100 - $0, again: true, id: $0 + 1) }.reversed()
        let picture = picture(
            seen(tries + [attempt("a", ago: 100), attempt("p", ago: 200)], arrived: ["p"]), last: nil)
        #expect(verdict(picture) == .missing)
        #expect(DeliveriesRule.decide(picture) == [.tell(DeliveriesRule.watch(picture))])
    }

    @Test func `what was just sent, what nobody wants and what is old news is not missed`() {
        let attempts = [
            attempt("fresh", ago: 9), attempt("fork", ago: 60, event: "fork"), attempt("known", ago: 60),
            attempt("old", ago: 601),
        ]
        #expect(verdict(picture(seen(attempts, arrived: ["known"]))) == .sound)
        #expect(verdict(picture(seen([attempt("late", ago: 10)] + attempts, arrived: ["known"]))) == .missing)
    }

    @Test func `more than was read is missing`() {
        #expect(verdict(picture(seen([attempt("a", ago: 60)], arrived: ["a"], isCut: true))) == .missing)
    }

    @Test(arguments: [
        // As far back as there is something to prove, and no further than ticks rely on.
        (since: 600, oldest: 600, verdict: HookWatch.Verdict.missing), (600, 601, .sound),
        (86_400, 1020, .missing), (86_400, 1021, .sound),
    ])
    func `a hook with more deliveries than are read is sound where they reach back far enough`(
        since: Int, oldest: Int, verdict expected: HookWatch.Verdict
    ) {
        let attempts = [attempt("b", ago: 60), attempt("a", ago: oldest)]
        let all = seen(attempts, arrived: ["a", "b"], isCut: true, since: since)
        #expect(verdict(picture(all)) == expected)
        #expect(verdict(picture(seen(attempts, arrived: ["a"], isCut: true, since: since))) == .missing)
    }

    @Test func `no more than fifty are sent again at a time`() {
        let attempts = (1...60).map { attempt("d\($0)", ago: 60 + $0, id: $0) }
        let again = DeliveriesRule.decide(picture(seen(attempts, arrived: []))).filter {
            if case .redeliver = $0 { true } else { false }
        }
        #expect(again.count == 50)
        #expect(again.first == .redeliver(attempts[59], hook: 7))
    }

    @Test(arguments: [(3599, false), (3600, true)])
    func `a ping is sent where nothing has arrived for an hour`(ago: Int, isPinged: Bool) {
        let picture = picture(seen([attempt("a", ago: ago)], arrived: ["a"]))
        #expect(verdict(picture) == .sound)
        #expect(DeliveriesRule.decide(picture) == (isPinged ? [.ping(hook: 7)] : []))
    }

    @Test func `a ping that is under way is not sent again`() {
        let picture = picture(
            seen([attempt("p", ago: 5, event: "ping"), attempt("a", ago: 4000)], arrived: ["a"]))
        #expect(DeliveriesRule.decide(picture).isEmpty)
    }

    @Test func `a webhook of which nothing has ever arrived proves nothing`() {
        let unproven = picture(seen([], arrived: []), last: nil)
        #expect(verdict(unproven) == .unproven)
        #expect(DeliveriesRule.decide(unproven) == [.ping(hook: 7)])
        #expect(verdict(picture(seen([attempt("a", ago: 7200)], arrived: ["a"]))) == .unproven)
    }

    @Test func `one that is off, missing or sends too little is said once`() {
        let cases: [(DeliveriesRule.Picture, String)] = [
            (picture(), "the repository has no webhook that leads to /webhook/github"),
            (picture(seen([], arrived: [], of: hook(isActive: false))), "the webhook is switched off"),
            (
                picture(
                    seen(
                        [], arrived: [],
                        of: hook(events: ["push", "issues", "check_suite", "workflow_run"]))),
                "the webhook does not send issue_comment, pull_request, pull_request_review, "
                    + "pull_request_review_comment"
            ),
        ]
        for (picture, reason) in cases {
            let watch = DeliveriesRule.watch(picture)
            #expect(watch.verdict == .unfit)
            #expect(watch.reason == reason)
            #expect(DeliveriesRule.decide(picture).first == .tell(watch))
            let again = DeliveriesRule.Picture(now: now, last: watch, hooks: picture.hooks)
            #expect(!DeliveriesRule.decide(again).contains(.tell(DeliveriesRule.watch(again))))
        }
    }

    @Test func `a refusal is said, and nothing is sent`() {
        let picture = picture(refusal: "not found on GitHub")
        #expect(verdict(picture) == .refused)
        #expect(DeliveriesRule.decide(picture) == [.tell(DeliveriesRule.watch(picture))])
    }

    @Test func `of several, the one that leads here counts`() {
        let other = seen([attempt("x", ago: 20)], arrived: [], of: hook(5))
        let own = seen([attempt("a", ago: 60)], arrived: ["a"], of: hook(6))
        #expect(DeliveriesRule.watch(picture(other, own)).hook == 6)
        #expect(verdict(picture(other, own)) == .sound)
    }

    @Test func `that it works again is said, that it works from the start is not`() {
        let hook = seen([attempt("a", ago: 60)], arrived: ["a"])
        let mended = picture(hook, last: .missing)
        #expect(DeliveriesRule.decide(mended) == [.tell(DeliveriesRule.watch(mended))])
        #expect(DeliveriesRule.decide(picture(hook, last: nil)).isEmpty)
    }
}
