/// What a pull request has brought, as the next attempt's prompt shows it.
package enum FeedbackText {
    /// All of it together; the newest is kept.
    package static let limitBytes = 48 << 10
    /// One check's log, one remark.
    package static let itemLimitBytes = 12 << 10

    /// Oldest first; empty where there is none.
    package static func section(_ feedback: [Feedback]) -> String {
        var kept: [String] = []
        var room = limitBytes
        for item in feedback.reversed() {
            let part = text(of: item)
            room -= part.utf8.count
            if room < 0 { break }
            kept.append(part)
        }
        return kept.reversed().joined(separator: "\n\n")
    }

    private static func text(of item: Feedback) -> String {
        let who = item.author.isEmpty ? "" : " by \(item.author)"
        let heading =
            switch item.source {
            case .checks: "Checks that fail"
            case .review: "Review\(who)"
            case .person: "From a person: \(item.author)"
            }
        return "### \(heading)\n\n\(item.text.clipped(toBytes: itemLimitBytes))"
    }

    /// A person's remark, with the place it is about.
    package static func text(of remark: PullRemark) -> String {
        let body = HiddenComments.removed(from: remark.body)
        guard case .line(let path, let line) = remark.kind else { return body }
        return "`\(path.firstLine)`" + (line > 0 ? ", line \(line)" : "") + ":\n\(body)"
    }

    /// The checks that fail, each with the end of its log.
    package static func text(of failing: [(check: PullCheck, log: String)], commit: String) -> String {
        let parts = failing.map { check, log in
            let fence = "~~~~~~"
            let summary = check.summary.isEmpty ? "" : "\n\(check.summary.firstLine.clipped(toBytes: 500))"
            // A fence of the log's own must not end ours.
            let quoted = log.split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.hasPrefix(fence) ? " \($0)" : String($0) }.joined(separator: "\n")
            return "- **\(check.name.firstLine)**\(summary)"
                + (log.isEmpty ? "" : "\n\(fence)\n\(quoted)\n\(fence)")
        }
        return "On the commit \(commit):\n\n" + parts.joined(separator: "\n")
    }
}
