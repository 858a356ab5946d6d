/// The values that one field of a schedule allows.
struct CronField: Equatable, Sendable {
    /// Which of the five.
    enum Kind: String, Sendable {
        case minute, hour
        case day = "day of month"
        case month
        case weekday = "day of week"

        /// What may be written; 7 is Sunday too.
        var range: ClosedRange<Int> {
            switch self {
            case .minute: 0...59
            case .hour: 0...23
            case .day: 1...31
            case .month: 1...12
            case .weekday: 0...7
            }
        }

        /// The first value's name first.
        var names: [String] {
            switch self {
            case .month:
                ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
            case .weekday: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
            case .minute, .hour, .day: []
            }
        }
    }

    /// Bit n: the value n is allowed.
    private var bits: UInt64 = 0
    /// Whether it is anything but `*`.
    let isRestricted: Bool

    /// More parts than a field has values say nothing new.
    private static let partLimit = 100

    init(_ text: String, of kind: Kind) throws(CronError) {
        isRestricted = text != "*"
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count <= Self.partLimit else { throw .invalid(field: kind.rawValue, text: text) }
        for part in parts {
            let (range, step) = try Self.range(of: part, kind)
            for value in stride(from: range.lowerBound, through: range.upperBound, by: step) {
                bits |= 1 << UInt64(kind == .weekday && value == 7 ? 0 : value)
            }
        }
    }

    func contains(_ value: Int) -> Bool { bits & (1 << UInt64(value)) != 0 }

    private static func range(
        of part: Substring, _ kind: Kind
    ) throws(CronError) -> (range: ClosedRange<Int>, step: Int) {
        let halves = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        var step = 1
        if halves.count == 2 {
            guard let number = number(halves[1]), number > 0 else {
                throw .invalid(field: kind.rawValue, text: String(part))
            }
            step = number
        }
        if halves[0] == "*" {
            return (kind == .weekday ? 0...6 : kind.range, step)
        }
        let ends = halves[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let first = try value(ends[0], kind)
        guard ends.count == 2 else { return (first...(halves.count == 2 ? last(of: kind) : first), step) }
        var last = try value(ends[1], kind)
        // `fri-sun`: as the end of a range, Sunday is the day after Saturday.
        if kind == .weekday, last == 0 { last = 7 }
        guard first <= last else { throw .backwards(field: kind.rawValue, text: String(part)) }
        return (first...last, step)
    }

    /// Where `7/10` ends.
    private static func last(of kind: Kind) -> Int { kind == .weekday ? 6 : kind.range.upperBound }

    private static func value(_ text: Substring, _ kind: Kind) throws(CronError) -> Int {
        if let place = kind.names.firstIndex(of: text.lowercased()) { return kind.range.lowerBound + place }
        guard let number = number(text) else { throw .invalid(field: kind.rawValue, text: String(text)) }
        guard kind.range.contains(number) else {
            throw .outOfRange(field: kind.rawValue, value: number, allowed: kind.range)
        }
        return number
    }

    /// One to four digits and nothing else.
    private static func number(_ text: Substring) -> Int? {
        let isPlain = (1...4).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
        return isPlain ? Int(text) : nil
    }
}
