package import OrchCore
import SQLite

extension SQLiteStore {
    /// A group of deliveries costs one wait for the disk, however many they are.
    @discardableResult
    package func receive(_ deliveries: [Delivery]) throws(StoreError) -> Set<String> {
        if deliveries.isEmpty { return [] }
        let insert = """
            INSERT INTO inbox (source, delivery, event, place, payload, received_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (source, delivery) DO NOTHING
            """
        return try write(.full) { () throws(SQLiteError) in
            var new: Set<String> = []
            for delivery in deliveries {
                let rows = try database.execute(
                    insert, delivery.source, delivery.id, delivery.event, delivery.place, delivery.payload,
                    delivery.receivedAt)
                if rows == 1 { new.insert(delivery.id) }
            }
            return new
        }
    }

    package func received(
        _ ids: [String], from source: Delivery.Source
    ) throws(StoreError) -> Set<String> {
        let query = "SELECT 1 FROM inbox WHERE source = ?1 AND delivery = ?2"
        return try perform { () throws(SQLiteError) in
            var known: Set<String> = []
            for id in ids where try database.value(query, source, id, as: Int.self) != nil {
                known.insert(id)
            }
            return known
        }
    }

    /// One step down the index `inbox_of_place` for each event, however much there is.
    package func newestDelivery(
        of events: Set<String>, from source: Delivery.Source, at place: String
    ) throws(StoreError) -> ReceivedDelivery? {
        let query = """
            SELECT \(Self.deliveryColumns) FROM inbox WHERE source = ?1 AND place = ?2 AND event = ?3
            ORDER BY id DESC LIMIT 1
            """
        return try perform { () throws(SQLiteError) in
            var newest: ReceivedDelivery?
            for event in events {
                let found = try database.query(query, source, place, event, row: Self.delivery).first
                if let found, newest.map({ $0.row < found.row }) ?? true { newest = found }
            }
            return newest
        }
    }

    /// In the words of the index `inbox_waiting`.
    package func waitingDeliveries(
        from source: Delivery.Source, limit: Int
    ) throws(StoreError) -> [ReceivedDelivery] {
        let query = """
            SELECT \(Self.deliveryColumns) FROM inbox WHERE source = ?1 AND handled_at IS NULL
            ORDER BY id LIMIT ?2
            """
        return try perform { () throws(SQLiteError) in
            try database.query(query, source, max(0, limit), row: Self.delivery)
        }
    }

    package func countWaitingDeliveries(from source: Delivery.Source) throws(StoreError) -> Int {
        let query = "SELECT count(*) FROM inbox WHERE source = ?1 AND handled_at IS NULL"
        return try perform { () throws(SQLiteError) in try database.value(query, source) ?? 0 }
    }

    package func markHandled(_ row: Int, now: Timestamp) throws(StoreError) {
        let update = "UPDATE inbox SET handled_at = ?2 WHERE id = ?1 AND handled_at IS NULL"
        try perform { () throws(SQLiteError) in _ = try database.execute(update, row, now) }
    }

    package func markHandled(
        through row: Int, of events: Set<String>, from source: Delivery.Source, at place: String,
        now: Timestamp
    ) throws(StoreError) {
        // By the index of what waits, which is little; the other one has the whole history.
        let update = """
            UPDATE inbox INDEXED BY inbox_waiting SET handled_at = ?5
            WHERE source = ?1 AND place = ?2 AND event = ?3 AND id <= ?4 AND handled_at IS NULL
            """
        try write { () throws(SQLiteError) in
            for event in events { _ = try database.execute(update, source, place, event, row, now) }
        }
    }

    package func forgetDeliveries(before moment: Timestamp) throws(StoreError) {
        let delete = "DELETE FROM inbox WHERE received_at < ?1 AND handled_at IS NOT NULL"
        try perform { () throws(SQLiteError) in _ = try database.execute(delete, moment) }
    }

    private static let deliveryColumns =
        "id, source, delivery, event, place, payload, received_at, handled_at"

    private static func delivery(_ row: borrowing Row) throws(SQLiteError) -> ReceivedDelivery {
        let delivery = Delivery(
            source: try row.value(1, in: "inbox"), id: try row.value(2, in: "inbox"),
            event: try row.value(3, in: "inbox"), place: try row.value(4, in: "inbox"),
            payload: try row.value(5, in: "inbox"), receivedAt: try row.value(6, in: "inbox"))
        return ReceivedDelivery(
            row: try row.value(0, in: "inbox"), delivery: delivery,
            handledAt: try row.optional(7, in: "inbox"))
    }
}
