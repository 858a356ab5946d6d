/// v0's own memory of the mentions it has dealt with (`mentions/OWNER_REPO.json`): honoured and continued
/// while v0 may be running beside orch.
package protocol MentionLedger {
    /// Up to when v0 has read; nil where it never did.
    func since() throws(SidecarError) -> Timestamp?
    /// Those among these comments that have become tasks.
    func known(_ comments: [String]) throws(SidecarError) -> Set<String>
    /// Says that a comment has become this task.
    func add(_ comment: ThreadComment, task: String) throws(SidecarError)
}
