/// The least that `measure` grows by in one of a few rounds of `work`, which end once it is below the limit.
///
/// Other tests of this process take memory and descriptors meanwhile: at times, while a leak grows with every
/// round.
package func leastGrowth(
    of measure: () throws -> Int, below limit: Int, during work: () throws -> Void
) rethrows -> Int {
    var least = Int.max
    for _ in 1...5 where least >= limit {
        let before = try measure()
        try work()
        least = min(least, try measure() - before)
    }
    return least
}
