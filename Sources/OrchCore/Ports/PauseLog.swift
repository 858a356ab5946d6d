/// What was told to start nothing new, until it is told to go on.
package protocol PauseLog: AnyObject {
    /// What is paused, everything first.
    func pauses() throws(StoreError) -> [WorkPause]
    /// One that is paused stays as it is: who was first stands.
    ///
    /// - Returns: whether it was not paused before.
    func pause(_ pause: WorkPause) throws(StoreError) -> Bool
    /// Ends the pause of one project; nil: all pauses.
    ///
    /// - Returns: those that are over now.
    func resume(_ project: Project.ID?) throws(StoreError) -> [WorkPause]
}

/// Nothing new is started: no agent, no job, no review. What runs goes on to its end.
package struct WorkPause: Equatable, Sendable {
    /// nil: everything.
    package let project: Project.ID?
    package let since: Timestamp
    /// Who wished it, as the audit has it.
    package let actor: String

    package init(project: Project.ID?, since: Timestamp, actor: String) {
        self.project = project
        self.since = since
        self.actor = actor
    }
}
