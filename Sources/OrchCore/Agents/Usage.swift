/// What a run has consumed so far.
package struct Usage: Equatable, Sendable {
    /// Input tokens, those read from or written to a prompt cache included.
    package var inputTokens = 0
    package var outputTokens = 0
    /// US dollars in millionths; nil where the agent does not say: unknown is never counted as free.
    package var costMicroDollars: Int?

    package init(inputTokens: Int = 0, outputTokens: Int = 0, costMicroDollars: Int? = nil) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.costMicroDollars = costMicroDollars
    }

    /// `$0.42`, to the nearest cent.
    package static func dollars(_ micro: Int) -> String {
        let cents = (micro + 5_000) / 10_000
        return "$\(cents / 100)." + (cents % 100 < 10 ? "0" : "") + "\(cents % 100)"
    }

    package var totalTokens: Int { inputTokens + outputTokens }

    /// A cost that only one side says is what is known of the sum.
    package static func + (left: Usage, right: Usage) -> Usage {
        let costs = [left.costMicroDollars, right.costMicroDollars].compactMap { $0 }
        return Usage(
            inputTokens: left.inputTokens + right.inputTokens,
            outputTokens: left.outputTokens + right.outputTokens,
            costMicroDollars: costs.isEmpty ? nil : costs.reduce(0, +))
    }
}
