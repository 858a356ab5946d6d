import OrchCore

/// The limits of one run, enforced while it goes on: time, silence, tokens, cost.
///
/// Times are those of a clock that never jumps (`HostPorts.uptime`).
struct RunLimits {
    private let time: Duration
    /// The setting that it comes from.
    private let timeKey: String
    private let silence: Duration
    private let tokens: Int
    private let cost: Int
    private let startedAt: Duration
    private var heardAt: Duration?
    /// How much had been heard by then, in bytes.
    private var heard = 0
    /// What the legs used that are over.
    private var earlier = Usage()
    private var current = Usage()

    /// What an agent may print in one leg, its errors included: hundreds of times what the longest
    /// conversations have.
    static let volumeLimitBytes = 256 << 20

    /// - Parameter elapsed: how long the agent has been at it under earlier hosts, by the wall clock.
    init(workflow: Settings.Workflow, complexity: Complexity, elapsed: Duration, uptime: Duration) {
        time = workflow.timeLimit(for: complexity)
        timeKey =
            workflow.timeoutByComplexity[complexity] == nil
            ? "timeout_seconds" : "timeout_by_complexity.\(complexity.rawValue)"
        silence = workflow.silence
        tokens = workflow.maxTokens
        cost = workflow.maxCostMicroDollars
        // A wall clock that was set back meanwhile has no say.
        startedAt = uptime - max(.zero, elapsed)
    }

    var limitsCost: Bool { cost > 0 }

    /// Totals of the run so far.
    var usage: Usage { earlier + current }

    /// What the next leg may cost; nil where there is no limit.
    var costLeft: Int? { cost > 0 ? max(1, cost - (usage.costMicroDollars ?? 0)) : nil }

    /// - Parameter continues: the next leg's figures include those of the legs before.
    mutating func beginLeg(continues: Bool) {
        if continues { return }
        earlier = usage
        current = Usage()
    }

    /// - Parameter leg: the leg's totals so far.
    mutating func note(_ leg: Usage) { current = leg }

    /// - Parameter sound: how much the agent has printed, in bytes: half a line is a sign of life, too.
    mutating func note(sound: Int, uptime: Duration) {
        if heardAt == nil || sound != heard { heardAt = uptime }
        heard = sound
    }

    /// An agent that has said nothing for so long is idle.
    private static let idleLimit: Duration = .seconds(300)

    /// How long the agent has said nothing, where that is long enough to be told, and not yet long enough to
    /// end it for.
    func idleness(uptime: Duration) -> Duration? {
        guard let heardAt else { return nil }
        let limit = silence > .zero ? min(Self.idleLimit, silence / 2) : Self.idleLimit
        return uptime - heardAt >= limit ? uptime - heardAt : nil
    }

    /// The first limit that is passed; nil while all are kept.
    ///
    /// - Parameter isFinished: the agent's work is done, and whatever it cost is spent.
    func exceeded(uptime: Duration, isFinished: Bool) -> Verdict? {
        if time > .zero, uptime - startedAt >= time {
            return Verdict(
                failure: .timeOut,
                message: "the agent ran longer than \(time.brief) (`workflow.\(timeKey)`)")
        }
        if silence > .zero, let heardAt, uptime - heardAt >= silence {
            return Verdict(
                failure: .silence,
                message: "the agent said nothing for \(silence.brief) (`workflow.silence_seconds`)")
        }
        if heard > Self.volumeLimitBytes { return .talkative }
        return isFinished ? nil : overBudget
    }

    private var overBudget: Verdict? {
        let usage = self.usage
        if tokens > 0, usage.totalTokens >= tokens {
            return Verdict(
                failure: .tokenLimit,
                message: "the agent used \(usage.totalTokens) tokens (`workflow.max_tokens`: \(tokens))")
        }
        if cost > 0, let spent = usage.costMicroDollars, spent >= cost {
            return Verdict(
                failure: .costLimit,
                message:
                    "the agent cost \(Usage.dollars(spent)) (`workflow.max_cost_usd`: \(Usage.dollars(cost)))"
            )
        }
        return nil
    }
}
