import JSON
import OrchCore

/// What Claude Code says about tokens and cost.
///
/// A message's own figures are those of its beginning (one output token); the exact sums come with a result.
struct ClaudeUsage: Sendable {
    /// A message comes in several lines with the same figures.
    private var counted: Set<String> = []
    private(set) var total = Usage()

    /// - Returns: the new sums; nil where this message is counted already, or has no figures.
    mutating func count(message: JSONValue) -> Usage? {
        guard let id = message["id"].string, message["usage"].object != nil, counted.insert(id).inserted
        else { return nil }
        total.inputTokens += Self.inputTokens(of: message["usage"])
        total.outputTokens += message["usage"]["output_tokens"].tokens
        return total
    }

    /// The sums of the process so far: `modelUsage` counts all models and turns, `usage` only the last turn.
    mutating func settle(result: JSONValue) -> Usage {
        let models = (result["modelUsage"].object?.members ?? []).map(\.value)
        if models.isEmpty {
            total.inputTokens = max(total.inputTokens, Self.inputTokens(of: result["usage"]))
            total.outputTokens = max(total.outputTokens, result["usage"]["output_tokens"].tokens)
        } else {
            total.inputTokens = models.reduce(0) { $0 + Self.inputTokens(ofModel: $1) }
            total.outputTokens = models.reduce(0) { $0 + $1["outputTokens"].tokens }
        }
        total.costMicroDollars = result["total_cost_usd"].microDollars ?? total.costMicroDollars
        return total
    }

    private static func inputTokens(of usage: JSONValue) -> Int {
        ["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"].reduce(0) {
            $0 + usage[$1].tokens
        }
    }

    private static func inputTokens(ofModel usage: JSONValue) -> Int {
        ["inputTokens", "cacheCreationInputTokens", "cacheReadInputTokens"].reduce(0) {
            $0 + usage[$1].tokens
        }
    }
}
