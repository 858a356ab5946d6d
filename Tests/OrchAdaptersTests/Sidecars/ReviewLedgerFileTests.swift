import OrchCore
import Platform
import Testing

@testable import OrchAdapters

@Suite struct ReviewLedgerFileTests {
    private let folder = ScratchFolder()
    private let now = Timestamp(seconds: 1_800_000_000)

    private func ledger() throws -> ReviewLedgerFile {
        let slug = try #require(RepositorySlug("octo/demo"))
        return ReviewLedgerFile(directory: "\(folder.path)/state", repository: slug)
    }

    private var path: String { "\(folder.path)/state/pr_reviews_octo_demo.tsv" }

    @Test func `what v0 has written is read, and what it cannot have meant is passed over`() throws {
        try Directory.make("\(folder.path)/state")
        let text = """
            12\tabc\tapprove\t2026-01-01T00:00:00Z\tA title
            merge\t9\t2026-02-03T04:05:06Z\t2026-02-03T04:06:00Z
            x\tabc\tapprove\t
            13\tdef\tmaybe\tt
            merge\t9
            14\tgh
            """
        try AtomicFile.write(Array(text.utf8), to: path)
        let moment = try #require(Timestamp(iso8601: "2026-02-03T04:05:06Z"))
        #expect(
            try ledger().entries() == [
                .review(pull: 12, commit: "abc", .approve), .merge(pull: 9, commentedAt: moment),
            ])
    }

    @Test func `a line is written once, in v0's form`() throws {
        let entry = ReviewLedgerEntry.review(pull: 12, commit: "abc", .requestChanges)
        #expect(try ledger().entries().isEmpty)
        try ledger().add(entry, title: "A\ttitle\nof two lines", now: now)
        try ledger().add(entry, title: "again", now: now)
        try ledger().add(.merge(pull: 12, commentedAt: now), title: "", now: now)
        let text = String(decoding: try WholeFile.read(path, limitBytes: 4096), as: UTF8.self)
        #expect(
            text == "12\tabc\trequest_changes\t\(now.iso8601)\tA title of two lines\n"
                + "merge\t12\t\(now.iso8601)\t\(now.iso8601)\n")
        #expect(try ledger().entries().count == 2)
    }
}
