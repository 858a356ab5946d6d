package import OrchCore

/// Open pull requests in memory, which a dying process talks to.
package final class MemoryPulls: PullRequests {
    private let fuse: Fuse
    package var pulls: [TrackedPullRequest] = []
    package var checks: [Int: PullChecks] = [:]
    package var remarks: [Int: [PullRemark]] = [:]
    package var diffs: [Int: String] = [:]
    package private(set) var posted: [(review: PullReview, number: Int, key: String)] = []
    package private(set) var merged: [(number: Int, commit: String)] = []
    /// What the forge says to a wish to merge; nil: yes.
    package var mergeRefusal: String?
    /// How many calls there were.
    package private(set) var calls = 0

    package init(fuse: Fuse) { self.fuse = fuse }

    private func call<Value>(_ work: () throws(TrackerError) -> Value) throws(TrackerError) -> Value {
        calls += 1
        return try fuse.guarding(dead: TrackerError.store(.fenced(run: 0)), work)
    }

    package func open() throws(TrackerError) -> [TrackedPullRequest] {
        try call { pulls.filter { $0.state == .open } }
    }

    package func pull(_ number: Int) throws(TrackerError) -> TrackedPullRequest? {
        try call { pulls.first { $0.number == number && $0.state == .open } }
    }

    package func checks(of pulls: [TrackedPullRequest]) throws(TrackerError) -> [Int: PullChecks] {
        try call { checks.filter { number, _ in pulls.contains { $0.number == number } } }
    }

    package func logTail(of check: PullCheck, bytes: Int) throws(TrackerError) -> String {
        try call { String("log of \(check.name)".suffix(bytes)) }
    }

    package func remarks(on number: Int, threads: Bool) throws(TrackerError) -> [PullRemark] {
        try call { (remarks[number] ?? []).filter { threads || $0.kind == .comment } }
    }

    package func diff(of number: Int, lines: Int) throws(TrackerError) -> PullDiff {
        try call { PullDiff(text: diffs[number] ?? "+x", isCut: false) }
    }

    package func post(
        _ review: PullReview, on number: Int, key: String, mayExist: Bool
    ) throws(TrackerError) {
        try call {
            if mayExist, posted.contains(where: { $0.key == key && $0.number == number }) { return }
            posted.append((review, number, key))
        }
    }

    package func merge(
        _ pull: TrackedPullRequest, by strategy: Settings.Review.MergeStrategy
    ) throws(TrackerError) -> MergeResult {
        try call {
            if let mergeRefusal { return .refused(detail: mergeRefusal) }
            guard let index = pulls.firstIndex(where: { $0.number == pull.number && $0.state == .open }),
                pulls[index].commit == pull.commit
            else { return .refused(detail: "Head branch was modified") }
            pulls[index].state = .merged
            merged.append((pull.number, pull.commit))
            return .merged
        }
    }

    package func close(_ number: Int) throws(TrackerError) {
        try call {
            guard let index = pulls.firstIndex(where: { $0.number == number && $0.state == .open }) else {
                return
            }
            pulls[index].state = .closed
        }
    }
}
