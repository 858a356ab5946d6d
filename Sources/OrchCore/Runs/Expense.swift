/// What one agent has consumed in some of a project's runs.
package struct AgentExpense: Equatable, Sendable {
    package let agent: AgentName
    package let runs: Int
    package let expense: Expense

    package init(agent: AgentName, runs: Int, expense: Expense) {
        self.agent = agent
        self.runs = runs
        self.expense = expense
    }
}

/// What agents have consumed in all runs of a project.
package struct Expense: Equatable, Sendable {
    package var usage = Usage()
    /// Of the runs that have ended.
    package var time: Duration = .zero
    /// Runs whose agents did not say what they cost: unknown is not free.
    package var unpricedRuns = 0

    package init() {}

    package init(usage: Usage, time: Duration, unpricedRuns: Int) {
        (self.usage, self.time, self.unpricedRuns) = (usage, time, unpricedRuns)
    }

    package static func + (left: Expense, right: Expense) -> Expense {
        Expense(
            usage: left.usage + right.usage, time: left.time + right.time,
            unpricedRuns: left.unpricedRuns + right.unpricedRuns)
    }
}
