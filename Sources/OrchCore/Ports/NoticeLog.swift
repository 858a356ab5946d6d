/// What people are to hear of, and how far each sink has come with telling it.
///
/// A notice is written in the transaction of what it tells of, and its sinks with it. A sink is told once;
/// where a crash comes between the telling and its row, once more rather than never.
package protocol NoticeLog: AnyObject {
    /// Writes it down, to be told by these sinks; one whose key is known is old news.
    ///
    /// - Returns: whether it is new.
    @discardableResult
    func add(_ notice: Notice, to sinks: [String]) throws(StoreError) -> Bool
    /// The newest `limit`, newest first.
    ///
    /// - Parameters:
    ///   - project: nil: of all, and of none.
    ///   - level: what is less is left out.
    func notices(
        of project: Project.ID?, from level: Notice.Level, limit: Int
    ) throws(StoreError) -> [RecordedNotice]
    /// What a sink has not told yet, oldest first.
    func waitingNotices(for sink: String, limit: Int) throws(StoreError) -> [WaitingNotice]
    /// Says that it is about to be told; where nothing more is heard of that, it is due again then.
    func beginTelling(_ notices: [Int], by sink: String, again: Timestamp) throws(StoreError)
    /// Says that it was told, or will not be: why, where it was not.
    func endTelling(_ notices: [Int], by sink: String, failure: String?, now: Timestamp) throws(StoreError)
    /// Forgets a project's that came before then, told or not; `nil`: those of none.
    func forgetNotices(of project: Project.ID?, before moment: Timestamp) throws(StoreError)
}

package struct WaitingNotice: Equatable, Sendable {
    package let id: Int
    package let notice: Notice
    package let dueAt: Timestamp
    /// How often it was begun to be told.
    package let tries: Int

    package init(id: Int, notice: Notice, dueAt: Timestamp, tries: Int) {
        self.id = id
        self.notice = notice
        self.dueAt = dueAt
        self.tries = tries
    }
}
