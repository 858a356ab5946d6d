import KitTesting
import OrchCore

/// Pictures of all kinds, likely ones and absurd ones.
enum RandomPulls {
    private typealias Build = PullBuilding

    static func picture(_ random: inout SeededGenerator) -> PullPicture {
        var picture = Build.picture()
        var settings = picture.project.settings
        settings.workflow.enableReviewAgent = random.chance(80)
        settings.workflow.review.mergesApproved = random.chance(50)
        settings.workflow.review.includesDrafts = random.chance(50)
        settings.workflow.reviewAgent = random.pick([nil, .claude, .codex])
        picture = PullPicture(
            project: Project(id: Build.project, name: "demo", settings: settings), now: Build.now)
        picture.agents = [.claude, .codex, .opencode].filter { _ in random.chance(70) }
        picture.liveReviews = random.below(4)
        for number in 0..<random.below(6) { picture.pulls.append(pull(number + 1, &random)) }
        return picture
    }

    private static func pull(_ number: Int, _ random: inout SeededGenerator) -> WatchedPull {
        var task = Build.task(random.pick(TaskStatus.allCases))
        task.agent = random.pick([nil, .claude, .codex])
        task.isTrusted = random.pick([nil, true, false])
        task.isHeld = random.chance(10)
        task.isClosed = random.chance(10)
        var pull = Build.pull(
            number, task: random.chance(60) ? task : nil, commit: random.pick(["c1", "c2"]))
        pull.pull.isDraft = random.chance(20)
        pull.isBusy = random.chance(20)
        pull.isInReview = random.chance(20)
        pull.isAuthorTrusted = random.chance(40)
        pull.record.commitSince = random.pick([nil, Build.now - .seconds(90), Build.now - .seconds(9)])
        pull.checks = random.pick([
            nil, Build.failing(), Build.failing("a"), Build.failing(pending: true),
            Build.failing(commit: "c2"), PullChecks(commit: "c1", checks: []),
        ])
        pull.round = random.pick([
            nil, Build.round(.running), Build.round(.running, tries: 3), Build.round(.published, .approve),
            Build.round(.published, .approve, commit: "c2"), Build.round(.held, .approve),
            Build.round(.answered, .requestChanges), Build.round(.failed),
        ])
        pull.remarks = (0..<random.below(3)).map { _ in
            Build.remark(
                random.pick(["merge", "No", "", "/retry"]),
                random.pick([
                    .comment, .review(nil), .review(.approve), .review(.requestChanges), .line(path: "a", 1),
                ]),
                by: random.pick(["octo", "mallory"]), age: .seconds(random.below(200)))
        }
        return pull
    }
}
