/// Who looks on at which task from a chat, so that a restart ends no watch.
package protocol WatchLog: AnyObject {
    /// Those on a service, at most `limit`.
    ///
    /// - Parameter service: `telegram`, `discord`.
    func watches(on service: String, limit: Int) throws(StoreError) -> [TaskWatch]
    /// Writes it down, in place of what was known of the same task in the same place.
    func save(_ watch: TaskWatch) throws(StoreError)
    /// Nothing is there to be forgotten where it is not known.
    func forgetWatch(of task: TaskKey, in place: String, on service: String) throws(StoreError)
}

/// A place in a chat that shows the live output of a task, until the task is over.
package struct TaskWatch: Equatable, Sendable {
    package let task: TaskKey
    package let service: String
    /// The service's own name of it.
    package let place: String
    /// Who asked for it, by the service's number.
    package let person: String
    /// What has been said of it; nil: the task had no run yet.
    package var seen: Seen?

    package init(task: TaskKey, service: String, place: String, person: String, seen: Seen?) {
        self.task = task
        self.service = service
        self.place = place
        self.person = person
        self.seen = seen
    }

    /// How far its newest run was shown.
    package struct Seen: Equatable, Sendable {
        package let run: Run.ID
        /// Everything before was shown, in bytes of the run's log.
        package var offset: Int
        /// Its end, too.
        package var isOver: Bool

        package init(run: Run.ID, offset: Int, isOver: Bool = false) {
            self.run = run
            self.offset = offset
            self.isOver = isOver
        }
    }
}
