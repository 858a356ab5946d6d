/// What YAML 1.1 reads as something else than a string where 1.2 does not: https://yaml.org/type/.
/// Such strings are quoted, so that every reader of a file that we write agrees.
enum LegacySchema {
    static func isSpecial(_ text: String) -> Bool {
        switch text {
        case "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF",
            "=", "<<":
            true
        default: isNumber(Array(text.utf8)[...]) || isDate(Array(text.utf8))
        }
    }

    /// `0b11`, `-0x1F`, `1_000`, `1:30`, `3:25:45.1`: prefixes, digit groups and base sixty.
    private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
        var digits = text
        if digits.first == .plus || digits.first == .dash { digits.removeFirst() }
        guard let first = digits.first, first.isDigit || first == .dot else { return false }
        let prefix = digits.dropFirst().first
        if first == .zero, prefix == UInt8(ascii: "b") || prefix == .letterX || prefix == .letterO {
            return digits.dropFirst(2).allSatisfy { $0.hexadecimalValue != nil || $0 == .underscore }
        }
        let dots = digits.count { $0 == .dot }
        return dots <= 1
            && digits.allSatisfy { $0.isDigit || $0 == .underscore || $0 == .colon || $0 == .dot }
    }

    /// `2026-11-23`, alone or before a time of day.
    private static func isDate(_ text: [UInt8]) -> Bool {
        let parts = text.split(separator: .dash, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, (1...2).contains(parts[1].count),
            parts[0].allSatisfy(\.isDigit), parts[1].allSatisfy(\.isDigit)
        else { return false }
        let day = parts[2].prefix(while: \.isDigit)
        guard (1...2).contains(day.count) else { return false }
        let next = parts[2].dropFirst(day.count).first
        return next == nil || next == .space || next == UInt8(ascii: "T") || next == UInt8(ascii: "t")
    }
}
