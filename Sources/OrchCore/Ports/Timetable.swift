/// The jobs of all projects, as their files describe them.
package protocol Timetable: AnyObject {
    /// The jobs of these projects; one that cannot be read is left out and hinders no other.
    func jobs(of projects: [Project]) -> [Job]

    /// When the job was due: after `start`, up to and with `end`.
    ///
    /// - Returns: oldest first; where there are more than `limit`, the newest ones.
    func moments(of job: TaskKey, after start: Timestamp, through end: Timestamp, limit: Int) -> [Timestamp]

    /// When the job is due next; nil where no such day comes.
    func next(of job: TaskKey, after moment: Timestamp) -> Timestamp?

    /// Changes the job's entry in its file; comments, order and what others write meanwhile stay.
    func change(_ job: TaskKey, _ changes: [JobChange]) throws(TimetableError)
}

package struct TimetableError: Error, Equatable, Sendable, Explained {
    package let problem: String
    package let fix: String

    package init(problem: String, fix: String) {
        self.problem = problem
        self.fix = fix
    }
}
