package import OrchCore
import SQLite

extension SQLiteStore {
    package func expense(of project: Project.ID) throws(StoreError) -> Expense {
        let query = """
            SELECT coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0), sum(cost_micro_dollars),
            coalesce(sum(ended_at - started_at), 0), count(*) - count(cost_micro_dollars)
            FROM runs WHERE project = ?1 AND kind <> 'job'
            """
        let rows: [Expense] = try perform { () throws(SQLiteError) in
            try database.query(query, project) { row throws(SQLiteError) in
                let usage = Usage(
                    inputTokens: try row.value(0, in: "runs"), outputTokens: try row.value(1, in: "runs"),
                    costMicroDollars: try row.value(2, in: "runs"))
                let seconds: Int = try row.value(3, in: "runs")
                return Expense(
                    usage: usage, time: .seconds(seconds), unpricedRuns: try row.value(4, in: "runs"))
            }
        }
        return rows.first ?? Expense()
    }

    package func expenses(
        of project: Project.ID, since moment: Timestamp
    ) throws(StoreError) -> [AgentExpense] {
        let query = """
            SELECT agent, count(*), sum(input_tokens), sum(output_tokens), sum(cost_micro_dollars),
            coalesce(sum(ended_at - started_at), 0), count(*) - count(cost_micro_dollars)
            FROM runs WHERE project = ?1 AND started_at >= ?2 AND kind <> 'job'
            GROUP BY agent ORDER BY sum(cost_micro_dollars) DESC, sum(input_tokens + output_tokens) DESC, agent
            """
        return try perform { () throws(SQLiteError) in
            try database.query(query, project, moment) { row throws(SQLiteError) in
                let usage = Usage(
                    inputTokens: try row.value(2, in: "runs"), outputTokens: try row.value(3, in: "runs"),
                    costMicroDollars: try row.optional(4, in: "runs"))
                let seconds: Int = try row.value(5, in: "runs")
                return AgentExpense(
                    agent: try row.value(0, in: "runs"), runs: try row.value(1, in: "runs"),
                    expense: Expense(
                        usage: usage, time: .seconds(seconds), unpricedRuns: try row.value(6, in: "runs")))
            }
        }
    }
}
