/// Words in a row, as a line of a program's output may hold them, whatever their case: `"rate limit"`.
///
/// `…` stands for up to six words in between, and `approv*` for every word that begins so. A word is a run
/// of letters, digits and `_`: `429` is found in “(429)” and neither in `4290` nor in `x429`.
struct WordPattern: Sendable, ExpressibleByStringLiteral {
    private enum Part: Sendable {
        case word(String)
        case beginning(String)
        case gap
    }

    private static let gapLimit = 6

    private let parts: [Part]

    init(stringLiteral text: String) {
        parts = text.split(separator: " ").map { part in
            if part == "…" { return .gap }
            return part.hasSuffix("*") ? .beginning(String(part.dropLast())) : .word(String(part))
        }
    }

    /// - Parameter words: as `words(of:)` makes them.
    func isFound(in words: [String]) -> Bool {
        words.indices.contains { Self.begins(words[$0...], with: parts[...]) }
    }

    static func words(of line: some StringProtocol) -> [String] {
        line.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    }

    private static func begins(_ words: ArraySlice<String>, with parts: ArraySlice<Part>) -> Bool {
        guard let part = parts.first else { return true }
        let rest = parts.dropFirst()
        switch part {
        case .word(let word): return words.first == word && begins(words.dropFirst(), with: rest)
        case .beginning(let letters):
            return words.first?.hasPrefix(letters) == true && begins(words.dropFirst(), with: rest)
        case .gap: return (0...gapLimit).contains { begins(words.dropFirst($0), with: rest) }
        }
    }
}
