/// What a value must be, and so how a shell completes it and how help describes it.
package enum ValueKind: Sendable, Equatable {
    case text
    case file
    case directory
    /// Exactly one of these.
    case oneOf([String])
    /// Offered by completions, but any text is accepted.
    case suggested([String])
    case integer(ClosedRange<Int> = Int.min...Int.max)
    /// Spelled as `Duration.init(spelled:)` reads it.
    case duration(ClosedRange<Duration> = .zero...Duration.longestSpelled)
    /// Any text; the shell asks `PROGRAM __complete KIND`, which prints a candidate a line, each optionally
    /// followed by a tab and its description.
    case asked(String)
}

extension ValueKind {
    func accepts(_ text: String) -> Bool {
        switch self {
        case .text, .suggested, .asked: true
        case .file, .directory: !text.isEmpty
        case .oneOf(let choices): choices.contains(text)
        case .integer(let range): Int(text).map(range.contains) ?? false
        case .duration(let range): Duration(spelled: text).map(range.contains) ?? false
        }
    }

    /// Completes “expected …”.
    var accepted: String {
        switch self {
        case .text, .asked: "text"
        case .file: "the path of a file"
        case .directory: "the path of a directory"
        case .oneOf(let choices): "one of \(choices.joined(separator: ", "))"
        case .suggested(let words): "text such as \(words.joined(separator: ", "))"
        case .integer(let range): "a whole number" + Self.bounds(range, to: .max, from: .min) { "\($0)" }
        case .duration(let range):
            "a duration such as 30s, 5m or 2h"
                + Self.bounds(range, to: .longestSpelled, from: .zero) { $0.spelled }
        }
    }

    func suggestion(for text: String) -> String? {
        guard case .oneOf(let choices) = self else { return nil }
        return Suggestion.closest(to: text, in: choices)
    }

    private static func bounds<Bound>(
        _ range: ClosedRange<Bound>, to greatest: Bound, from least: Bound, spell: (Bound) -> String
    ) -> String {
        switch (range.lowerBound == least, range.upperBound == greatest) {
        case (true, true): ""
        case (false, true): ", at least \(spell(range.lowerBound))"
        case (true, false): ", at most \(spell(range.upperBound))"
        case (false, false): " from \(spell(range.lowerBound)) to \(spell(range.upperBound))"
        }
    }
}
