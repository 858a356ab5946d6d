/// Finds what someone who mistyped a name probably meant.
package enum Suggestion {
    /// Longer words are not names that somebody mistyped, and the cost is quadratic.
    static let longestWord = 64

    /// The candidate that begins with `word` or is few enough typing mistakes away from it, else nil.
    ///
    /// A mistake is a letter too many, too few, wrong, or two neighbours swapped; one is forgiven for every
    /// three letters, three at most. Case is ignored. Among equals the first candidate wins.
    package static func closest(to word: String, in candidates: some Sequence<String>) -> String? {
        let typed = Array(word.lowercased().unicodeScalars)
        guard !typed.isEmpty, typed.count <= longestWord else { return nil }
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let name = Array(candidate.lowercased().unicodeScalars)
            guard let distance = distance(typed, name), distance < best?.distance ?? .max else { continue }
            best = (candidate, distance)
        }
        return best?.candidate
    }

    /// nil when the two are too far apart to be taken for each other.
    private static func distance(_ typed: [Unicode.Scalar], _ name: [Unicode.Scalar]) -> Int? {
        guard name.count <= longestWord else { return nil }
        // An abbreviation of two letters or more is a better guess than any mistake but none at all.
        if typed.count >= 2, name.starts(with: typed) { return typed.count == name.count ? 0 : 1 }
        let longer = max(typed.count, name.count)
        let forgiven = longer < 2 ? 0 : min(3, max(1, longer / 3))
        guard abs(typed.count - name.count) <= forgiven else { return nil }
        let mistakes = mistakes(typed, name)
        return mistakes <= forgiven ? mistakes : nil
    }

    /// The Damerau–Levenshtein distance in its restricted form (optimal string alignment): no letter is
    /// edited twice.
    static func mistakes(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
        var older: [Int] = []
        var previous = Array(0...second.count)
        for row in first.indices {
            var current = [row + 1]
            for column in second.indices {
                let replaced = previous[column] + (first[row] == second[column] ? 0 : 1)
                var least = min(replaced, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
                    least = min(least, older[column - 1] + 1)
                }
                current.append(least)
            }
            older = previous
            previous = current
        }
        return previous[second.count]
    }
}
