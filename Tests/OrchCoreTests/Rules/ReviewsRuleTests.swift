import KitTesting
import OrchCore
import Testing

@Suite struct ReviewsRuleTests {
    private typealias Build = PullBuilding

    // MARK: - Reviews

    @Test func `an open pull request is reviewed by another agent than its author`() {
        let steps = ReviewsRule.decide(
            Build.picture(Build.pull()) {
                $0.workflow.reviewAgent = .claude
                $0.models["review"] = [.codex: "big"]
            })
        #expect(steps == [.review(Build.pull(), by: .codex, model: "big", try: 1)])
        let other = ReviewsRule.decide(Build.picture(Build.pull()) { $0.workflow.reviewAgent = .opencode })
        #expect(other == [.review(Build.pull(), by: .opencode, model: nil, try: 1)])
    }

    @Test func `what is paused is not reviewed`() {
        var picture = Build.picture(Build.pull())
        #expect(!ReviewsRule.decide(picture).isEmpty)
        picture.isPaused = true
        #expect(ReviewsRule.decide(picture).isEmpty)
    }

    @Test func `where only its author could review, nobody does`() {
        var picture = Build.picture(Build.pull())
        picture.agents = [.claude]
        #expect(ReviewsRule.decide(picture).isEmpty)
        picture.agents = []
        #expect(ReviewsRule.decide(picture).isEmpty)
    }

    @Test(
        arguments: [
            { (pull: inout WatchedPull) in pull.pull.isDraft = true },
            { $0.isInReview = true },
            { $0.isBusy = true },
            { $0.isReviewedByV0 = true },
            { $0.task = nil },
            { $0.round = PullBuilding.round(.answered, .approve) },
            { $0.round = PullBuilding.round(.published, .requestChanges) },
            { $0.round = PullBuilding.round(.failed) },
            { $0.round = PullBuilding.round(.running, age: .seconds(10)) },
        ] as [@Sendable (inout WatchedPull) -> Void])
    func `drafts, strangers' and what was reviewed or is being worked on are left alone`(
        change: @Sendable (inout WatchedPull) -> Void
    ) {
        var pull = Build.pull()
        change(&pull)
        #expect(ReviewsRule.decide(Build.picture(pull)).isEmpty)
    }

    @Test func `a trusted person's pull request is reviewed, and drafts where that is configured`() {
        var pull = Build.pull(task: nil)
        pull.isAuthorTrusted = true
        pull.pull.isDraft = true
        let steps = ReviewsRule.decide(
            Build.picture(pull) { $0.workflow.review.includesDrafts = true })
        #expect(steps.count == 1)
    }

    @Test func `a review that came to nothing is tried again, later each time, and then given up`() {
        var pull = Build.pull()
        pull.round = Build.round(.running, tries: 2)
        guard case .review(_, _, _, try: 3)? = ReviewsRule.decide(Build.picture(pull)).first else {
            return #expect(Bool(false), "it is not tried again")
        }
        pull.round = Build.round(.running, tries: 2, age: .seconds(-86_400))
        #expect(ReviewsRule.decide(Build.picture(pull)).count == 1, "a clock was ahead")
        pull.round = Build.round(.running, tries: ReviewsRule.tryLimit)
        #expect(ReviewsRule.decide(Build.picture(pull)) == [.giveUp(pull)])
    }

    @Test func `so many at a time, and no more`() {
        let pulls = (1...5).map { Build.pull($0) }
        var picture = Build.picture()
        picture.pulls = pulls
        #expect(ReviewsRule.decide(picture).count == ReviewsRule.parallelLimit)
        picture.liveReviews = ReviewsRule.parallelLimit
        #expect(ReviewsRule.decide(picture).isEmpty)
    }

    // MARK: - Merging

    @Test func `the owner's word merges what was there when it was said`() {
        var pull = Build.pull(task: nil)
        pull.remarks = [Build.remark("LGTM")]
        #expect(ReviewsRule.decide(Build.picture(pull)) == [.merge(pull, wish: pull.remarks[0])])
        pull.record.commitSince = Build.now - .seconds(30)
        #expect(ReviewsRule.decide(Build.picture(pull)).isEmpty, "the commit came after the word")
    }

    @Test(arguments: ["mallory", "Octo2", ""])
    func `nobody else's does`(login: String) {
        var pull = Build.pull(task: nil)
        pull.remarks = [Build.remark("merge", by: login)]
        #expect(ReviewsRule.decide(Build.picture(pull)).isEmpty)
    }

    @Test func `a review owner takes the owner's place, and a comment on a line is no command`() {
        var pull = Build.pull(task: nil)
        pull.remarks = [Build.remark("merge", by: "ada")]
        #expect(ReviewsRule.decide(Build.picture(pull) { $0.workflow.reviewOwner = "Ada" }).count == 1)
        pull.remarks = [Build.remark("merge", .line(path: "a", 1))]
        #expect(ReviewsRule.decide(Build.picture(pull)).isEmpty)
    }

    @Test func `approved and green merges by itself only where that is configured`() {
        var pull = Build.pull()
        pull.round = Build.round(.published, .approve)
        pull.checks = Build.failing()
        #expect(ReviewsRule.decide(Build.picture(pull)).isEmpty)
        let steps = ReviewsRule.decide(Build.picture(pull) { $0.workflow.review.mergesApproved = true })
        #expect(steps == [.merge(pull, wish: nil)])
    }

    @Test(
        arguments: [
            { (pull: inout WatchedPull) in pull.checks = nil },
            { $0.checks = PullChecks(commit: "c1", checks: []) },
            { $0.checks = PullBuilding.failing("tests") },
            { $0.checks = PullBuilding.failing(pending: true) },
            { $0.checks = PullBuilding.failing(commit: "c0") },
            { $0.round = PullBuilding.round(.published, .requestChanges) },
            { $0.round = PullBuilding.round(.answered, .approve) },
            { $0.round = PullBuilding.round(.held, .approve) },
            { $0.round = PullBuilding.round(.published, .approve, commit: "c0") },
            { $0.pull.isDraft = true },
            { $0.isBusy = true },
            { $0.remarks = [PullBuilding.remark("no", .review(.requestChanges))] },
            { $0.remarks = [PullBuilding.remark("Wait for the others")] },
            { $0.task = PullBuilding.task(.routed) },
            { $0.task = PullBuilding.task(.needsReview) },
            // Its agent was told something since, and has changed nothing.
            { $0.lastRunAt = PullBuilding.now - .seconds(60) },
        ] as [@Sendable (inout WatchedPull) -> Void])
    func `anything short of approved and green at this very commit does not`(
        change: @Sendable (inout WatchedPull) -> Void
    ) {
        var pull = Build.pull()
        pull.round = Build.round(.published, .approve)
        pull.checks = Build.failing()
        change(&pull)
        let steps = ReviewsRule.decide(Build.picture(pull) { $0.workflow.review.mergesApproved = true })
        #expect(!steps.contains { if case .merge = $0 { true } else { false } })
    }

    // MARK: - Back to the agent

    @Test(arguments: [
        (PullBuilding.remark("Shorter", .review(.requestChanges)), true),
        (PullBuilding.remark("", .review(.requestChanges)), true),
        (PullBuilding.remark("Hm", .review(nil)), true),
        (PullBuilding.remark("", .review(nil)), false),
        (PullBuilding.remark("Nice", .review(.approve)), false),
        (PullBuilding.remark("This", .line(path: "a", 1)), true),
        (PullBuilding.remark("Rather so"), true),
        (PullBuilding.remark("ship it"), false),
        (PullBuilding.remark("/retry"), false),
        (PullBuilding.remark("@orch look"), false),
        (PullBuilding.remark("By me\n<!-- orch:key:x -->"), false),
        (PullBuilding.remark("Old", .review(.requestChanges), age: .seconds(7200)), false),
    ])
    func `people's words go back to the agent, commands and own words do not`(remark: PullRemark, goes: Bool)
    {
        var pull = Build.pull()
        pull.lastRunAt = Build.now - .seconds(3600)
        pull.round = Build.round(.published, .requestChanges)
        pull.remarks = [remark]
        let steps = ReviewsRule.decide(Build.picture(pull) { $0.workflow.reviewOwner = "ada" })
        #expect(steps == (goes ? [.handBack(pull, [remark])] : []))
        pull.known = [ReviewsRule.key(of: remark)]
        #expect(ReviewsRule.decide(Build.picture(pull) { $0.workflow.reviewOwner = "ada" }).isEmpty)
    }

    @Test func `remarks of different kinds with one number are different remarks`() {
        let kinds: [PullRemark.Kind] = [.comment, .review(nil), .line(path: "a", 1)]
        #expect(Set(kinds.map { ReviewsRule.key(of: Build.remark("x", $0)) }).count == 3)
    }

    // MARK: - Whatever the picture

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `no picture lets an author review itself, a stranger in, or an unseen commit through`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let picture = RandomPulls.picture(&random)
        let steps = ReviewsRule.decide(picture)
        let reviews = steps.filter { if case .review = $0 { true } else { false } }
        #expect(reviews.count + picture.liveReviews <= max(ReviewsRule.parallelLimit, picture.liveReviews))
        #expect(Set(steps.map(\.watched.pull.number)).count == steps.count)
        for step in steps {
            let pull = step.watched
            switch step {
            case .review(_, let agent, _, let number):
                #expect(agent != pull.task?.agent && picture.agents.contains(agent))
                #expect(pull.isAuthorTrusted || pull.task?.isTrusted == true)
                #expect(number <= ReviewsRule.tryLimit && !pull.isInReview && !pull.isBusy)
            case .handBack(_, let words):
                #expect(pull.mayHandBack && !words.isEmpty)
            case .merge(_, let wish?):
                #expect(ReviewsRule.isOwner(wish.author, of: picture.project))
                #expect(pull.record.commitSince.map { wish.createdAt > $0 } ?? true)
            case .merge(_, nil):
                #expect(pull.round?.decision == .approve && pull.round?.commit == pull.pull.commit)
                #expect(pull.checks?.isGreen == true && pull.checks?.commit == pull.pull.commit)
                #expect(picture.project.settings.workflow.review.mergesApproved)
                #expect(pull.task?.status == .inReview)
                #expect(ReviewsRule.words(in: pull, of: picture.project).isEmpty)
            case .giveUp: #expect(pull.round?.tries ?? 0 >= ReviewsRule.tryLimit)
            }
        }
    }
}
