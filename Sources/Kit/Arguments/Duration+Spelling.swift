extension Duration {
    /// A hundred years of 365 days: far beyond any sensible setting, far below overflow.
    package static let longestSpelled: Duration = .seconds(100 * 365 * 86_400)

    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// Reads `500ms`, `30s`, `5m`, `2h`, `7d` and descending sums of them such as `1h30m`.
    ///
    /// nil for anything else: a number without a unit, a fraction, a sign, a space, a unit twice, more than
    /// `longestSpelled`.
    package init?(spelled text: String) {
        var rest = Substring(text)
        var units = Self.units[...]
        var milliseconds: Int64 = 0
        // Each turn uses up a unit, so there are five at most.
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(name.count)
            guard let number = Int64(digits), let place = units.firstIndex(where: { $0.name == name }) else {
                return nil
            }
            let (part, tooLarge) = number.multipliedReportingOverflow(by: units[place].milliseconds)
            let (sum, overflows) = milliseconds.addingReportingOverflow(part)
            guard !tooLarge, !overflows else { return nil }
            milliseconds = sum
            units = units[(place + 1)...]
        }
        let length = Duration.milliseconds(milliseconds)
        guard !text.isEmpty, length <= Self.longestSpelled else { return nil }
        self = length
    }

    /// The inverse of `init(spelled:)` for whole milliseconds from zero to `longestSpelled`; less is cut off.
    package var spelled: String {
        var rest = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
        var text = ""
        for unit in Self.units where rest >= unit.milliseconds {
            text += "\(rest / unit.milliseconds)\(unit.name)"
            rest %= unit.milliseconds
        }
        return text.isEmpty ? "0s" : text
    }
}
