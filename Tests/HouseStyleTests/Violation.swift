import Testing

/// Something in the tree that the house does not want, and what to do about it.
struct Violation: Hashable, CustomStringConvertible, Sendable {
    let path: String
    /// Counted from 1; 1 where the file as a whole is meant.
    let line: Int
    let problem: String
    let fix: String

    var description: String { "\(path):\(line): \(problem); \(fix)" }
}

extension [Violation] {
    /// Fails the running test once for each, at the place where it is.
    func report(root: String = SourceTree.shared.root) {
        for violation in self {
            let location = SourceLocation(
                fileID: "orch/\(violation.path)", filePath: "\(root)/\(violation.path)", line: violation.line,
                column: 1)
            Issue.record("\(violation)", sourceLocation: location)
        }
    }
}
