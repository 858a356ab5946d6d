package import OrchCore

extension MemoryTracker {
    /// Merges or closes a pull request as a person would.
    package func closePull(_ number: Int, isMerged: Bool) {
        guard let pull = pullRequests.first(where: { $0.made.number == number }) else { return }
        var closed = TrackedPullRequest(
            number: number, head: pull.draft.head, state: isMerged ? .merged : .closed)
        closed.url = pull.made.url
        closed.updatedAt = now()
        closedPulls.append(closed)
    }

    /// The ETag is the count of closed ones.
    package func closedPullRequests(
        since moment: Timestamp, etag: String?
    ) throws(TrackerError) -> ClosedPullRequests? {
        try begin(.closedPullRequests)
        let current = "\"\(closedPulls.count)\""
        if etag == current { return nil }
        return ClosedPullRequests(
            pulls: closedPulls.reversed().filter { $0.updatedAt >= moment }, etag: current)
    }
}
