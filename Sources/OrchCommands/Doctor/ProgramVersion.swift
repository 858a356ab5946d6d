/// The first dotted number in what a program prints for `--version`: `2.39.5` of `git version 2.39.5`.
struct ProgramVersion: Equatable {
    let text: String
    let numbers: [Int]

    /// nil where there is no number.
    init?(in output: String) {
        let tail = output.drop { !$0.isASCII || !$0.isNumber }
        text = String(tail.prefix { $0.isASCII && ($0.isNumber || $0 == ".") })
        numbers = text.split(separator: ".").compactMap { Int($0) }
        if numbers.isEmpty { return nil }
    }

    func isAtLeast(_ wanted: [Int]) -> Bool { !numbers.lexicographicallyPrecedes(wanted) }
}
