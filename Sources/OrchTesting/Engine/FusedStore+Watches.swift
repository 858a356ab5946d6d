package import OrchCore

extension FusedStore {
    package func watches(on service: String, limit: Int) throws(StoreError) -> [TaskWatch] {
        try call { () throws(StoreError) in try base.watches(on: service, limit: limit) }
    }

    package func save(_ watch: TaskWatch) throws(StoreError) {
        try call { () throws(StoreError) in try base.save(watch) }
    }

    package func forgetWatch(of task: TaskKey, in place: String, on service: String) throws(StoreError) {
        try call { () throws(StoreError) in try base.forgetWatch(of: task, in: place, on: service) }
    }
}
