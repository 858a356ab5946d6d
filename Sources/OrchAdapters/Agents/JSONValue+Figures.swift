import JSON

/// What agents say of their consumption. A figure that no run can come to is cut, so that sums of them are
/// sums: an agent's output is not to be trusted with this process.
extension JSONValue {
    private static let largestFigure = 1_000_000_000_000

    /// 0 where there are none, or fewer.
    var tokens: Int { min(max(int ?? 0, 0), Self.largestFigure) }

    /// US dollars, in millionths; nil where this is no price.
    var microDollars: Int? {
        guard let dollars = double, dollars >= 0 else { return nil }
        return Int(min(dollars * 1_000_000, Double(Self.largestFigure)).rounded())
    }
}
