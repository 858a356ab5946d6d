/// What is wrong with a schedule.
package enum CronError: Error, Equatable, Sendable {
    case fieldCount(Int)
    case unknownAlias(String)
    case invalid(field: String, text: String)
    case outOfRange(field: String, value: Int, allowed: ClosedRange<Int>)
    case backwards(field: String, text: String)

    package var problem: String {
        switch self {
        case .fieldCount(let count): "it has \(count) \(count == 1 ? "field" : "fields") instead of 5"
        case .unknownAlias(let name): "“\(name)” stands for no schedule"
        case .invalid(let field, let text): "“\(text)” is no \(field)"
        case .outOfRange(let field, let value, let allowed):
            "\(value) is no \(field): it goes from \(allowed.lowerBound) to \(allowed.upperBound)"
        case .backwards(let field, let text): "the \(field) range “\(text)” runs backwards"
        }
    }

    package var fix: String {
        switch self {
        case .fieldCount:
            "write minute, hour, day of month, month and day of week, such as `30 9 * * mon-fri`"
        case .unknownAlias: "use @hourly, @daily, @weekly, @monthly, @yearly, or five fields"
        case .invalid: "use `*`, a number, a range `2-5`, a step `*/15`, or a list of these with commas"
        case .outOfRange(_, _, let allowed): "choose one from \(allowed.lowerBound) to \(allowed.upperBound)"
        case .backwards: "split it in two, such as `22-23,0-6`"
        }
    }
}
