package import OrchCore

package enum SteeringError: Error, Equatable {
    /// No run of the task is live.
    case nothingRuns(String)
    /// One is, and its agent takes no words: it is over, or has not begun with the task.
    case nobodyHears(String)
    /// A script of v0 holds the task's lock.
    case claimed(String, by: ClaimHolder)
    /// An issue that is closed can only be reopened where it lives.
    case closed(String, url: String)
    case notBlocked(String, TaskStatus)
    /// Why it cannot be started or routed, and what to do.
    case notRunnable(String, Explanation)
    case isIssueAlready(String, url: String)
    case noGitHub(project: String)
    /// Its last task is under way, or its command runs (nil).
    case jobBusy(String, task: String?)
    case jobRefused(String, reason: String)
    case noPullRequest(String)
    /// It was merged or closed.
    case pullNotOpen(String, url: String)
    /// The forge says no, with its reason.
    case mergeRefused(String, url: String, detail: String)
    /// Nothing of it waits for a person's word.
    case nothingToApprove(String, TaskStatus)
    /// Another tick held the lease all the time.
    case busy
}

extension SteeringError: Explained {
    package var problem: String {
        switch self {
        case .nothingRuns(let id): "nothing runs for task \(id)"
        case .nobodyHears(let id): "no agent works on task \(id) in this moment"
        case .claimed(let id, .process(let pid)):
            "task \(id) is locked by a script of the bash version (process \(pid))"
        case .claimed(let id, .unsigned): "task \(id) is being locked by a script of the bash version"
        case .closed(let id, _): "task \(id) is closed"
        case .notBlocked(let id, let status): "task \(id) is not blocked but `\(status.rawValue)`"
        case .notRunnable(let id, let why):
            "task \(id) cannot be started: \(why.reasons.joined(separator: "; "))"
        case .isIssueAlready(let id, _): "task \(id) is an issue already"
        case .noGitHub(let project): "project \(project) has no GitHub side"
        case .jobBusy(let id, let task):
            "job \(id) is under way: " + (task.map { "task \($0) is not done" } ?? "its command runs")
        case .jobRefused(let id, let reason): "job \(id) cannot be done: \(reason)"
        case .noPullRequest(let id): "task \(id) has no pull request"
        case .pullNotOpen(let id, let url): "the pull request of task \(id) is not open: \(url)"
        case .mergeRefused(let id, _, let detail): "the pull request of task \(id) is not merged: \(detail)"
        case .nothingToApprove(let id, let status):
            "task \(id) has no pull request, and is `\(status.rawValue)`: there is nothing to approve"
        case .busy: "a tick was at work all the time"
        }
    }

    package var fix: String {
        switch self {
        case .nothingRuns(let id):
            "`orch task why \(id)` says why; `orch task stream \(id)` shows its last run"
        case .nobodyHears(let id): "`orch task why \(id)` says what happens; say it again in a moment"
        case .claimed: "let it end; the lock of a process that is gone does not count"
        case .closed(_, let url): "reopen the issue, at \(url)"
        case .notBlocked(let id, _): "`orch task retry \(id)` starts it anew; `orch task why \(id)` says more"
        case .notRunnable(_, let why): why.next
        case .isIssueAlready(_, let url): "it is at \(url)"
        case .noGitHub:
            "set `gh.repo` in its .orchestrator.yml (`orch config set gh.repo OWNER/REPO --project-file`)"
        case .jobBusy(_, let task): task.map { "`orch task why \($0)` says more" } ?? "let it end"
        case .jobRefused(let id, _): "correct it in its file; `orch job info \(id)` names that"
        case .noPullRequest(let id): "`orch task why \(id)` says how it stands"
        case .pullNotOpen: "`orch sync` draws the consequences; reopen it to go on with it"
        case .mergeRefused(_, let url, _): "see to it at \(url)"
        case .nothingToApprove(let id, _): "`orch task why \(id)` says what it waits for"
        case .busy: "try again"
        }
    }
}
