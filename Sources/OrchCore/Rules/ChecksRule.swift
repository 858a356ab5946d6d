import SHA2

/// Failing checks of an agent's pull request go back to that agent, each distinct set once; after some rounds
/// a person has to look.
package enum ChecksRule {
    /// How long the others are waited for once a check has failed: half of what fails tells half of why.
    package static let patience: Duration = .seconds(1800)

    package static func decide(_ picture: PullPicture) -> [Step] {
        picture.pulls.compactMap { pull in
            // One that is before a person already is for that person to hand on.
            guard pull.mayHandBack, pull.task?.status != .needsReview, let checks = pull.checks,
                checks.commit == pull.pull.commit,
                isSettled(checks, now: picture.now)
            else { return nil }
            let failing = checks.failing
            let key = key(of: failing, commit: checks.commit)
            guard !failing.isEmpty, !pull.known.contains(FeedbackKey(.checks, key)) else { return nil }
            let limit = picture.project.settings.workflow.review.checkRounds
            guard pull.checkRounds < limit else {
                return .askPerson(
                    pull, key: key,
                    reason: "the checks of pull request #\(pull.pull.number) still fail after "
                        + "\(limit) \(limit == 1 ? "round" : "rounds"): " + names(of: failing))
            }
            return .handBack(pull, failing: failing, key: key)
        }
    }

    private static func isSettled(_ checks: PullChecks, now: Timestamp) -> Bool {
        guard checks.isPending else { return true }
        // One that fails and does not say when is as old as need be.
        return checks.failing.contains { $0.completedAt.map { now.since($0) >= patience } ?? true }
    }

    /// The commit with the names of what fails on it: the same set on another commit is another failure.
    package static func key(of failing: [PullCheck], commit: String) -> String {
        let names = Set(failing.map(\.name)).sorted().joined(separator: "\n")
        return Hexadecimal.encode(SHA256.hash(Array("\(commit)\n\(names)".utf8)))
    }

    /// How many names a sentence bears.
    private static let namedLimit = 5

    package static func names(of failing: [PullCheck]) -> String {
        let names = Set(failing.map { $0.name.firstLine }).sorted()
        let more = names.count - namedLimit
        return names.prefix(namedLimit).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }

    package enum Step: SyncStep, Equatable {
        /// To the agent, with the ends of the logs.
        case handBack(WatchedPull, failing: [PullCheck], key: String)
        /// The agent has had its rounds; said once a key.
        case askPerson(WatchedPull, key: String, reason: String)

        var watched: WatchedPull {
            switch self {
            case .handBack(let pull, _, _), .askPerson(let pull, _, _): pull
            }
        }

        package var task: TaskKey? { watched.task?.key }

        package var sentence: String {
            switch self {
            case .handBack(let pull, let failing, _):
                "pull request \(pull.pull.number) goes back to its agent: \(ChecksRule.names(of: failing)) failed"
            case .askPerson(_, _, let reason): "\(reason); now needs_review"
            }
        }
    }
}
