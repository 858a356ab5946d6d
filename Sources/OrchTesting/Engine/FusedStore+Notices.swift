package import OrchCore

extension FusedStore {
    package func add(_ notice: Notice, to sinks: [String]) throws(StoreError) -> Bool {
        try call { () throws(StoreError) in try base.add(notice, to: sinks) }
    }

    package func notices(
        of project: Project.ID?, from level: Notice.Level, limit: Int
    ) throws(StoreError) -> [RecordedNotice] {
        try call { () throws(StoreError) in try base.notices(of: project, from: level, limit: limit) }
    }

    package func waitingNotices(for sink: String, limit: Int) throws(StoreError) -> [WaitingNotice] {
        try call { () throws(StoreError) in try base.waitingNotices(for: sink, limit: limit) }
    }

    package func beginTelling(
        _ notices: [Int], by sink: String, again: Timestamp
    ) throws(StoreError) {
        try call { () throws(StoreError) in try base.beginTelling(notices, by: sink, again: again) }
    }

    package func endTelling(
        _ notices: [Int], by sink: String, failure: String?, now: Timestamp
    ) throws(StoreError) {
        try call { () throws(StoreError) in
            try base.endTelling(notices, by: sink, failure: failure, now: now)
        }
    }

    package func forgetNotices(of project: Project.ID?, before moment: Timestamp) throws(StoreError) {
        try call { () throws(StoreError) in try base.forgetNotices(of: project, before: moment) }
    }
}
