package import OrchCore

extension FusedStore {
    package func bind(
        thread: String, of service: String, to task: TaskKey, now: Timestamp
    ) throws(StoreError) {
        try call { () throws(StoreError) in try base.bind(thread: thread, of: service, to: task, now: now) }
    }

    package func task(ofThread thread: String, of service: String) throws(StoreError) -> TaskKey? {
        try call { () throws(StoreError) in try base.task(ofThread: thread, of: service) }
    }

    package func threads(
        of task: TaskKey, on service: String, limit: Int
    ) throws(StoreError) -> [String] {
        try call { () throws(StoreError) in try base.threads(of: task, on: service, limit: limit) }
    }

    package func forgetThreads(before moment: Timestamp) throws(StoreError) {
        try call { () throws(StoreError) in try base.forgetThreads(before: moment) }
    }
}
