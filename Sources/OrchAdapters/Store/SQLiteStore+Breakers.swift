package import OrchCore
import SQLite

extension SQLiteStore {
    package func breakers() throws(StoreError) -> [AgentName: Breaker] {
        let rows = try perform { () throws(SQLiteError) in
            try database.query("SELECT agent, until, reason FROM breakers", row: Self.breaker)
        }
        return Dictionary(rows) { first, _ in first }
    }

    private static func breaker(_ row: borrowing Row) throws(SQLiteError) -> (AgentName, Breaker) {
        let breaker = Breaker(
            until: try row.value(1, in: "breakers"), reason: try row.value(2, in: "breakers"))
        return (try row.value(0, in: "breakers"), breaker)
    }

    package func setBreaker(_ breaker: Breaker?, of agent: AgentName) throws(StoreError) {
        let statement = """
            INSERT INTO breakers (agent, until, reason) VALUES (?1, ?2, ?3)
            ON CONFLICT (agent) DO UPDATE SET until = excluded.until, reason = excluded.reason
            """
        try perform { () throws(SQLiteError) in
            if let breaker {
                _ = try database.execute(statement, agent, breaker.until, breaker.reason)
            } else {
                _ = try database.execute("DELETE FROM breakers WHERE agent = ?1", agent)
            }
        }
    }
}
