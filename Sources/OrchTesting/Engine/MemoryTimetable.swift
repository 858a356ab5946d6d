package import OrchCore

/// Jobs in memory, due when a test says so.
package final class MemoryTimetable: Timetable {
    private let fuse: Fuse
    package var jobs: [Job] = []
    /// When all of them are due.
    package var dueMoments: [Timestamp] = []
    /// Thrown by every change from now on.
    package var failure: TimetableError?

    package init(fuse: Fuse) { self.fuse = fuse }

    package func jobs(of projects: [Project]) -> [Job] {
        let ids = projects.map(\.id)
        return jobs.filter { ids.contains($0.key.project) }
    }

    package func moments(
        of job: TaskKey, after start: Timestamp, through end: Timestamp, limit: Int
    ) -> [Timestamp] {
        Array(dueMoments.filter { $0 > start && $0 <= end }.suffix(limit))
    }

    package func next(of job: TaskKey, after moment: Timestamp) -> Timestamp? {
        dueMoments.first { $0 > moment }
    }

    package func change(_ job: TaskKey, _ changes: [JobChange]) throws(TimetableError) {
        let dead = TimetableError(problem: "dead", fix: "")
        try fuse.guarding(dead: dead) { () throws(TimetableError) in
            if let failure { throw failure }
            guard let index = jobs.firstIndex(where: { $0.key == job }) else { return }
            for change in changes { jobs[index].apply(change) }
        }
    }
}
