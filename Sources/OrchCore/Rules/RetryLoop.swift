/// v0's history is the thread of the issue: a task that was blocked three times running for one reason would
/// be blocked a fourth time.
package enum RetryLoop {
    /// From this attempt on.
    package static let firstAttempt = 4
    private static let repetitions = 3
    private static let mark = "blocked:"

    /// - Parameter comments: of the issue, oldest first.
    package static func isFound(in comments: [String]) -> Bool {
        let blocks = comments.filter { $0.lowercased().contains(mark) }.suffix(repetitions)
        return blocks.count == repetitions && Set(blocks.map(withoutTime)).count == 1
    }

    /// `[2026-01-01T00:00:00Z] blocked: reason` without what differs each time.
    private static func withoutTime(_ comment: String) -> String {
        guard comment.hasPrefix("["), let end = comment.firstIndex(of: "]") else { return comment }
        return String(comment[comment.index(after: end)...].drop { $0 == " " })
    }
}
