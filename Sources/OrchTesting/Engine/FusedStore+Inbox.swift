package import OrchCore

extension FusedStore {
    package func receive(_ deliveries: [Delivery]) throws(StoreError) -> Set<String> {
        try call { () throws(StoreError) in try base.receive(deliveries) }
    }

    package func received(
        _ ids: [String], from source: Delivery.Source
    ) throws(StoreError) -> Set<String> {
        try call { () throws(StoreError) in try base.received(ids, from: source) }
    }

    package func newestDelivery(
        of events: Set<String>, from source: Delivery.Source, at place: String
    ) throws(StoreError) -> ReceivedDelivery? {
        try call { () throws(StoreError) in try base.newestDelivery(of: events, from: source, at: place) }
    }

    package func waitingDeliveries(
        from source: Delivery.Source, limit: Int
    ) throws(StoreError) -> [ReceivedDelivery] {
        try call { () throws(StoreError) in try base.waitingDeliveries(from: source, limit: limit) }
    }

    package func countWaitingDeliveries(from source: Delivery.Source) throws(StoreError) -> Int {
        try call { () throws(StoreError) in try base.countWaitingDeliveries(from: source) }
    }

    package func markHandled(_ row: Int, now: Timestamp) throws(StoreError) {
        try call { () throws(StoreError) in try base.markHandled(row, now: now) }
    }

    package func markHandled(
        through row: Int, of events: Set<String>, from source: Delivery.Source, at place: String,
        now: Timestamp
    ) throws(StoreError) {
        try call { () throws(StoreError) in
            try base.markHandled(through: row, of: events, from: source, at: place, now: now)
        }
    }

    package func forgetDeliveries(before moment: Timestamp) throws(StoreError) {
        try call { () throws(StoreError) in try base.forgetDeliveries(before: moment) }
    }

    package func noteHeartbeat(
        of listener: Owner, hearsGitHub: Bool, now: Timestamp
    ) throws(StoreError) {
        try call { () throws(StoreError) in
            try base.noteHeartbeat(of: listener, hearsGitHub: hearsGitHub, now: now)
        }
    }

    package func heartbeat() throws(StoreError) -> Heartbeat? {
        try call { () throws(StoreError) in try base.heartbeat() }
    }
}
