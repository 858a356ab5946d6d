/// How an agent did lately.
package struct AgentRecord: Equatable, Sendable {
    /// How far back it reaches.
    package static let memory: Duration = .seconds(86_400)

    /// Its runs.
    package var runs: Int
    /// Those of them that met a usage limit.
    package var limits: Int

    package init(runs: Int = 0, limits: Int = 0) {
        self.runs = runs
        self.limits = limits
    }
}

/// Turns by weight: with each limit that an agent met lately its share becomes smaller, a half with one, a
/// third with two.
enum TurnWeight {
    /// Who has had least of its share; of equals, whose turn it is.
    static func next(
        after last: AgentName?, among agents: [AgentName], records: [AgentName: AgentRecord]
    ) -> AgentName? {
        let start = last.flatMap { agents.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        let inTurn = agents[start...] + agents[..<start]
        return inTurn.min { load(records[$0]) < load(records[$1]) }
    }

    private static func load(_ record: AgentRecord?) -> Int {
        let record = record ?? AgentRecord()
        return (record.runs + 1) * (record.limits + 1)
    }
}
