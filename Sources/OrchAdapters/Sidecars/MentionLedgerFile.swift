import JSON
package import OrchCore
import Platform

/// `{"since": TIME, "processed": {COMMENT: {"task_id", "issue_number", "created_at", "comment_url"}}}`, one
/// file for a repository, whatever projects look at it.
package struct MentionLedgerFile: MentionLedger {
    /// A hundred thousand mentions.
    private static let limitBytes = 32 << 20

    /// Beside it v0 has the lock `….lock`.
    package let path: String

    /// - Parameter directory: v0's `mentions` folder; it need not exist.
    package init(directory: String, repository: RepositorySlug) {
        path = "\(directory)/\(repository.owner)_\(repository.name).json"
    }

    package func since() throws(SidecarError) -> Timestamp? {
        try load()["since"]?.string.flatMap { Timestamp(iso8601: $0) }
    }

    package func known(_ comments: [String]) throws(SidecarError) -> Set<String> {
        let processed = try load()["processed"]?.object ?? [:]
        return Set(comments.filter { processed[$0]?["task_id"].isNull == false })
    }

    package func add(_ comment: ThreadComment, task: String) throws(SidecarError) {
        try change { ledger in
            var processed = ledger["processed"]?.object ?? [:]
            processed[comment.comment.id] = [
                "task_id": Self.number(task), "issue_number": Self.number(comment.thread),
                "created_at": .string(comment.comment.createdAt.iso8601),
                "comment_url": .string(comment.url),
            ]
            ledger["processed"] = .object(processed)
        }
    }

    /// v0 goes on from there.
    package func setSince(_ moment: Timestamp) throws(SidecarError) {
        try change { $0["since"] = .string(moment.iso8601) }
    }

    /// An issue's number as v0 has it; an internal task's name as text.
    private static func number(_ text: String) -> JSONValue { Int64(text).map { .int($0) } ?? .string(text) }

    private func load() throws(SidecarError) -> JSONObject {
        do throws(SystemError) {
            guard let bytes = try WholeFile.readIfPresent(path, limitBytes: Self.limitBytes) else {
                return [:]
            }
            // A torn one is as none: v0 begins anew with it too.
            return (try? JSONValue(parsing: bytes))?.object ?? [:]
        } catch {
            throw SidecarError(path: path, detail: error.problem)
        }
    }

    private func change(_ change: (inout JSONObject) -> Void) throws(SidecarError) {
        var ledger = try load()
        if ledger["processed"] == nil { ledger = ["since": "1970-01-01T00:00:00Z", "processed": [:]] }
        let before = ledger
        change(&ledger)
        if ledger == before { return }
        do throws(SystemError) {
            if let slash = path.lastIndex(of: "/") { try Directory.make(String(path[..<slash])) }
            try AtomicFile.write(JSONValue.object(ledger).utf8(), to: path)
        } catch {
            throw SidecarError(path: path, detail: error.problem)
        }
    }
}
