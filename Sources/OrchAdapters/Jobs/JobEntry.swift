import Cron
import OrchCore
import Platform

/// A job as it stands in a file, with what tells its time.
struct JobEntry {
    var job: Job
    let schedule: CronSchedule
    let zone: ZoneRules
    let file: JobsFile

    /// Newest first, then turned round: a job that was due a thousand times costs no more than `limit`.
    func moments(after start: Timestamp, through end: Timestamp, limit: Int) -> [Timestamp] {
        var moments: [Timestamp] = []
        var edge = Int64(end.seconds) + 1
        while moments.count < limit, let moment = schedule.previous(before: edge, in: zone),
            moment > start.seconds
        {
            moments.append(Timestamp(seconds: Int(moment)))
            edge = moment
        }
        return moments.reversed()
    }

    func next(after moment: Timestamp) -> Timestamp? {
        schedule.next(after: Int64(moment.seconds), in: zone).map { Timestamp(seconds: Int($0)) }
    }
}
