/// v0's own list of what it has reviewed and merged (`pr_reviews_OWNER_REPO.tsv`): honoured and continued
/// while v0 may be running beside orch.
package protocol ReviewLedger {
    func entries() throws(SidecarError) -> [ReviewLedgerEntry]
    /// Adds a line where there is none like it.
    func add(_ entry: ReviewLedgerEntry, title: String, now: Timestamp) throws(SidecarError)
}

package enum ReviewLedgerEntry: Equatable, Sendable {
    case review(pull: Int, commit: String, ReviewDecision)
    /// By the comment of that moment.
    case merge(pull: Int, commentedAt: Timestamp)
}
