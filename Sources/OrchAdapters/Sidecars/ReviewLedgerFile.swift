package import OrchCore
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// v0's `pr_reviews_OWNER_REPO.tsv`: a line for each review (`NUMBER COMMIT DECISION TIME TITLE`) and for
/// each merge by command (`merge NUMBER COMMENTED-AT TIME`), tabs between.
///
/// Lines are only ever appended, by v0 as by orch, so the two can write it at a time.
package struct ReviewLedgerFile: ReviewLedger {
    /// A hundred thousand reviews.
    private static let limitBytes = 16 << 20

    private let directory: String
    private let path: String

    /// - Parameter directory: the project's `$STATE_DIR`; it need not exist.
    package init(directory: String, repository: RepositorySlug) {
        self.directory = directory
        path = "\(directory)/pr_reviews_\(repository.owner)_\(repository.name).tsv"
    }

    package func entries() throws(SidecarError) -> [ReviewLedgerEntry] {
        do throws(SystemError) {
            let bytes = try WholeFile.readIfPresent(path, limitBytes: Self.limitBytes) ?? []
            return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap(Self.entry)
        } catch {
            throw SidecarError(path: path, detail: error.problem)
        }
    }

    /// nil for a line that is neither, or torn.
    private static func entry(_ line: Substring) -> ReviewLedgerEntry? {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
        if fields.count >= 3, fields[0] == "merge", let pull = Int(fields[1]),
            let moment = Timestamp(iso8601: fields[2])
        {
            return .merge(pull: pull, commentedAt: moment)
        }
        guard fields.count >= 3, let pull = Int(fields[0]), !fields[1].isEmpty,
            let decision = ReviewDecision(rawValue: String(fields[2]))
        else { return nil }
        return .review(pull: pull, commit: String(fields[1]), decision)
    }

    package func add(
        _ entry: ReviewLedgerEntry, title: String, now: Timestamp
    ) throws(SidecarError) {
        guard try !entries().contains(entry) else { return }
        let line: String
        switch entry {
        case .review(let pull, let commit, let decision):
            let title = title.map { $0.isNewline || $0 == "\t" ? " " : String($0) }.joined()
            line = "\(pull)\t\(commit)\t\(decision.rawValue)\t\(now.iso8601)\t\(title)\n"
        case .merge(let pull, let moment):
            line = "merge\t\(pull)\t\(moment.iso8601)\t\(now.iso8601)\n"
        }
        do throws(SystemError) {
            try Directory.make(directory)
            let file = try FileDescriptor(opening: path, O_WRONLY | O_CREAT | O_APPEND, mode: 0o644)
            try file.writeAll(Array(line.utf8), subject: path)
        } catch {
            throw SidecarError(path: path, detail: error.problem)
        }
    }
}
