import OrchAdapters
import OrchCore
import Testing

@Suite struct MentionLedgerFileTests {
    private let sandbox = try? FileSandbox()

    @Test func `what v0 wrote is known, and what orch adds v0 can read`() throws {
        let folder = try #require(sandbox).path
        let slug = try #require(RepositorySlug("octo/demo"))
        let ledger = MentionLedgerFile(directory: folder, repository: slug)
        #expect(try ledger.since() == nil)
        #expect(try ledger.known(["1"]).isEmpty)
        let moment = Timestamp(seconds: 1_800_000_000)
        let said = ThreadComment(
            TrackedComment(id: "1", author: "octo", body: "@orch", createdAt: moment), thread: "7")
        try ledger.add(said, task: "i3")
        try ledger.setSince(moment)
        #expect(try ledger.known(["1", "2"]) == ["1"])
        #expect(try ledger.since() == moment)
        #expect(ledger.path.hasSuffix("/octo_demo.json"))
    }
}
